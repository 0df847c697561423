// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewport/viewport.h"

#include "base/error.h"
#include "viewport/viewport_impl.h"

#include <QOpenGLContext>
#include <QOpenGLFunctions>

#include <algorithm>
#include <chrono>
#include <cmath>

namespace nunatak::ui {

namespace {

/// Of each frame, for making lines: those of a whole inventory take half a second.
constexpr std::chrono::milliseconds timeForLines{15};

} // namespace

Viewport::Impl::Impl(Viewport& owner, const std::filesystem::path& shaders) : widget(owner) {
    try {
        scene = std::make_unique<SceneGraph>(shaders);
    } catch (const Error& error) {
        failure = QString::fromUtf8(error.what());
    }
}

Viewport::Viewport(const std::filesystem::path& shaders, QWidget* parent)
    : QOpenGLWidget(parent), m_impl(std::make_unique<Impl>(*this, shaders)) {
    setMouseTracking(true);
    setFocusPolicy(Qt::StrongFocus);
    setMinimumSize(160, 120);
    m_impl->flightTimer.setInterval(15);
    connect(&m_impl->flightTimer, &QTimer::timeout, this, [this] { m_impl->advanceFlight(); });
}

Viewport::~Viewport() {
    disconnect(m_impl->contextGone);
    m_impl->releaseContext();
}

void Viewport::Impl::fail(const QString& sentence) {
    failure = sentence;
    if (!failureTold) {
        failureTold = true;
        // Never from within a paint event: a listener may show a dialog.
        QMetaObject::invokeMethod(
            &widget, [this] { Q_EMIT widget.graphicsFailed(failure); }, Qt::QueuedConnection);
    }
}

void Viewport::Impl::releaseContext() {
    if (scene && scene->hasContext()) {
        widget.makeCurrent();
        scene->detachContext();
        widget.doneCurrent();
    }
}

void Viewport::initializeGL() {
    auto& impl = *m_impl;
    if (!impl.scene) {
        impl.fail(impl.failure);
        return;
    }
    const auto format = context()->format();
    const bool isOld = format.version() < qMakePair(2, 1) || context()->isOpenGLES();
    if (isOld || format.profile() == QSurfaceFormat::CoreProfile) {
        impl.fail(
            tr("The 3D view needs OpenGL 2.1 or newer with the compatibility profile, but the graphics "
               "driver gives %1.%2; a newer driver, or software OpenGL (LIBGL_ALWAYS_SOFTWARE=1), may help.")
                .arg(format.majorVersion())
                .arg(format.minorVersion()));
        return;
    }
    // Moving the widget to another window makes a new context; this is called for each.
    impl.scene->detachContext();
    impl.scene->attachContext();
    disconnect(impl.contextGone);
    impl.contextGone =
        connect(context(), &QOpenGLContext::aboutToBeDestroyed, this, [this] { m_impl->releaseContext(); });
    impl.drawnOnce = false;
}

void Viewport::resizeGL(int, int) {
    Q_EMIT cameraMoved();
}

void Viewport::paintGL() {
    auto& impl = *m_impl;
    if (!impl.scene || !impl.scene->hasContext()) {
        auto* gl = context()->functions();
        gl->glClearColor(0.9F, 0.92F, 0.94F, 1);
        gl->glClear(GL_COLOR_BUFFER_BIT);
        return;
    }
    const double ratio = devicePixelRatioF();
    const QSize pixels(static_cast<int>(std::lround(width() * ratio)),
                       static_cast<int>(std::lround(height() * ratio)));
    if (!impl.scene->draw(impl.camera, pixels, ratio, defaultFramebufferObject(), timeForLines)) {
        QMetaObject::invokeMethod(
            this, [this] { update(); }, Qt::QueuedConnection);
    }
    if (impl.drawnOnce) {
        return;
    }
    impl.drawnOnce = true;
    if (const auto failure = impl.scene->failure(); !failure.empty()) {
        impl.fail(QString::fromStdString(failure));
        return;
    }
    QMetaObject::invokeMethod(
        this, [this] { Q_EMIT firstFrameDrawn(); }, Qt::QueuedConnection);
}

void Viewport::showEvent(QShowEvent* event) {
    QOpenGLWidget::showEvent(event);
    // Without any usable OpenGL initializeGL is never called; look once the window had time to make its
    // context.
    QTimer::singleShot(1500, this, [this] {
        if (isVisible() && !isValid()) {
            m_impl->fail(
                tr("OpenGL cannot be started on this display; check the graphics driver, or try software "
                   "OpenGL (LIBGL_ALWAYS_SOFTWARE=1)."));
        }
    });
}

void Viewport::hideEvent(QHideEvent* event) {
    m_impl->cancelGesture();
    QOpenGLWidget::hideEvent(event);
}

void Viewport::setTerrain(std::shared_ptr<const terrain::Terrain> newTerrain) {
    auto& impl = *m_impl;
    if (!impl.scene) {
        return;
    }
    if (newTerrain && (newTerrain->heights.empty() || newTerrain->drape.empty())) {
        newTerrain = nullptr;
    }
    impl.scene->setTerrain(std::move(newTerrain));
    if (const auto ground = impl.ground(); ground && !impl.cameraChosen) {
        impl.camera.tilt = 50;
        impl.camera.heading = 0;
        const auto extent = ground->heightGrid.extent();
        impl.flyTo(impl.framing(extent, impl.camera), false);
        impl.framed = extent;
        impl.cameraChosen = true;
    }
    update();
}

std::shared_ptr<const terrain::Terrain> Viewport::terrain() const {
    return m_impl->ground();
}

void Viewport::setLayer(const QString& name, std::vector<outlines::OutlineSet::Handle> outlines,
                        const LayerStyle& style) {
    if (m_impl->scene) {
        m_impl->scene->setLayer(name, std::move(outlines), style);
        update();
    }
}

void Viewport::setLayerStyle(const QString& name, const LayerStyle& style) {
    if (m_impl->scene) {
        m_impl->scene->setLayerStyle(name, style);
        update();
    }
}

void Viewport::removeLayer(const QString& name) {
    if (m_impl->scene) {
        m_impl->scene->removeLayer(name);
        update();
    }
}

void Viewport::setLiveOutline(const QString& layer, outlines::OutlineSet::Handle outline) {
    if (m_impl->scene) {
        m_impl->scene->setLiveOutline(layer, std::move(outline));
        update();
    }
}

void Viewport::setSelection(const std::optional<Selection>& selection) {
    if (m_impl->scene) {
        m_impl->scene->setSelection(selection);
        update();
    }
}

void Viewport::setHoveredVertex(const std::optional<geo::VertexId>& vertex) {
    if (m_impl->scene) {
        m_impl->scene->setHoveredVertex(vertex);
        update();
    }
}

void Viewport::addPreviewTile(const geo::Extent& extent, const Image<float>& probability) {
    if (m_impl->scene && m_impl->scene->terrainNode() != nullptr) {
        m_impl->scene->terrainNode()->addPreviewTile(extent, probability);
        update();
    }
}

void Viewport::clearPreview() {
    if (m_impl->scene && m_impl->scene->terrainNode() != nullptr) {
        m_impl->scene->terrainNode()->clearPreview();
        update();
    }
}

} // namespace nunatak::ui
