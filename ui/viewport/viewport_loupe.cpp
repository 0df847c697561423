// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/viewport/viewport_impl.h"

#include "ui/viewport/loupe_glass.h"

#include <QCursor>
#include <QOpenGLContext>
#include <QOpenGLFunctions>

#include <cmath>
#include <memory>
#include <utility>

namespace nunatak::ui::viewport {

std::optional<Loupe> Viewport::Impl::currentLoupe() const {
    if (!loupe || !isPointed || !ground()) {
        return std::nullopt;
    }
    const auto pane = size();
    const auto place = inPane(pointer);
    return Loupe{{place.x() / pane.width(), place.y() / pane.height()},
                 loupeSide / loupeTimes / pane.height(),
                 loupeTimes,
                 place != pointer};
}

void Viewport::Impl::drawLoupe() {
    if (!currentLoupe()) {
        loupeBuffer.reset();
        showLoupe({});
        return;
    }
    const double ratio = widget.devicePixelRatioF();
    const int side = static_cast<int>(std::lround(loupeSide * ratio));
    if (!loupeBuffer || loupeBuffer->width() != side) {
        loupeBuffer = std::make_unique<QOpenGLFramebufferObject>(
            side, side, QOpenGLFramebufferObject::CombinedDepthStencil);
    }
    if (!loupeBuffer->isValid() || !loupeBuffer->bind()) {
        return;
    }
    const QSize pixels(static_cast<int>(std::lround(widget.width() * ratio)),
                       static_cast<int>(std::lround(widget.height() * ratio)));
    scene->drawLoupe(camera, pixels, ratio, loupeBuffer->handle(), side);
    auto picture = loupeBuffer->toImage().convertToFormat(QImage::Format_RGB32);
    picture.setDevicePixelRatio(ratio);
    QOpenGLContext::currentContext()->functions()->glBindFramebuffer(GL_FRAMEBUFFER,
                                                                     widget.defaultFramebufferObject());
    showLoupe(picture);
}

void Viewport::Impl::showLoupe(const QImage& picture) {
    if (picture.isNull() && glass == nullptr) {
        return;
    }
    // Not while the window is being painted.
    QMetaObject::invokeMethod(
        &widget,
        [this, picture, place = pointer] {
            if (picture.isNull() || !loupe) {
                delete std::exchange(glass, nullptr);
                widget.update(); // or what it lay over is not drawn anew while the pointer rests
                return;
            }
            if (glass == nullptr) {
                glass = std::make_unique<LoupeGlass>(widget, loupeSide).release(); // the widget's
            }
            glass->show(picture, place);
        },
        Qt::QueuedConnection);
}

void Viewport::setLoupe(bool shown) {
    auto& impl = *m_impl;
    if (shown == impl.loupe) {
        return;
    }
    impl.loupe = shown;
    impl.sharp = false;
    if (shown && !impl.isPointed && underMouse()) { // it has not moved yet
        impl.pointer = mapFromGlobal(QCursor::pos());
        impl.isPointed = true;
    }
    if (!shown) {
        impl.showLoupe({});
    }
    update();
}

bool Viewport::hasLoupe() const {
    return m_impl->loupe;
}

} // namespace nunatak::ui::viewport
