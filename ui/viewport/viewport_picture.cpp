// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/viewport/viewport.h"

#include "ui/viewport/viewport_impl.h"

#include <QOpenGLContext>
#include <QOpenGLFramebufferObject>
#include <QOpenGLFunctions>

#include <algorithm>

namespace nunatak::ui::viewport {

namespace {

// Four times the pixels, and with depth eight bytes each: beyond this it costs more memory than its
// smoothness is worth.
constexpr long long mostOversampled = 16LL << 20;

} // namespace

QImage Viewport::Impl::drawPicture(const MapCamera& from, const QSize& size, double pixelScale) {
    if (size.isEmpty()) {
        return {};
    }
    if (widget.context() == nullptr) {
        widget.grabFramebuffer(); // never shown: this makes the context
    }
    if (!scene || !scene->hasContext()) {
        return {};
    }
    widget.makeCurrent();
    auto* gl = widget.context()->functions();
    GLint largest = 0;
    gl->glGetIntegerv(GL_MAX_RENDERBUFFER_SIZE, &largest);
    // Twice as large and scaled down: smooth edges of the terrain too.
    const bool fits = std::max(size.width(), size.height()) * 2 <= largest &&
                      1LL * size.width() * size.height() <= mostOversampled;
    const int oversampling = fits ? 2 : 1;
    const QSize pixels = size * oversampling;
    QImage image;
    {
        QOpenGLFramebufferObject buffer(pixels, QOpenGLFramebufferObject::CombinedDepthStencil);
        if (buffer.isValid() && buffer.bind()) {
            scene->setOutlinesShown(true);
            scene->drawWhole(from, pixels, pixelScale * oversampling, buffer.handle());
            scene->setOutlinesShown(outlinesShown);
            image = buffer.toImage().convertToFormat(QImage::Format_RGB32);
            buffer.release();
        }
    }
    gl->glBindFramebuffer(GL_FRAMEBUFFER, widget.defaultFramebufferObject());
    widget.doneCurrent();
    if (oversampling > 1 && !image.isNull()) {
        image = image.scaled(size, Qt::IgnoreAspectRatio, Qt::SmoothTransformation);
    }
    return image;
}

MapCamera Viewport::cameraFor(QSizeF size) const {
    auto camera = m_impl->camera;
    // What the window shows is to be seen whole, whatever the picture's proportions.
    const double windowAspect = static_cast<double>(width()) / std::max(1, height());
    camera.viewHeight *= std::max(1.0, windowAspect / (size.width() / size.height()));
    return camera;
}

QImage Viewport::picture(const QSize& size) {
    if (size.isEmpty()) {
        return {};
    }
    const double scale = std::min(static_cast<double>(size.width()) / std::max(1, width()),
                                  static_cast<double>(size.height()) / std::max(1, height()));
    const auto image = m_impl->drawPicture(cameraFor(size), size, std::max(1.0, scale));
    update();
    return image;
}

QImage Viewport::groundPicture(const MapCamera& camera, const QSize& size) {
    auto& impl = *m_impl;
    if (!impl.scene) {
        return {};
    }
    impl.scene->setGroundAlone(true);
    const auto image = impl.drawPicture(camera, size, 1);
    impl.scene->setGroundAlone(false);
    update();
    return image;
}

} // namespace nunatak::ui::viewport
