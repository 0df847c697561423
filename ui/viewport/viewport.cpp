// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/viewport/viewport.h"

#include "base/error.h"
#include "ui/viewport/viewport_impl.h"

#include <QOpenGLContext>
#include <QOpenGLFunctions>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <utility>

namespace nunatak::ui::viewport {

namespace {

/// Of each frame, for handing tiles to OpenGL.
constexpr std::chrono::milliseconds timeForUploads{8};
/// So long after its last movement the camera rests.
constexpr int restMilliseconds = 200;

bool isSoftware(const char* renderer) {
    const auto name = QString::fromLatin1(renderer).toLower();
    return name.contains(QLatin1String("llvmpipe")) || name.contains(QLatin1String("softpipe")) ||
           name.contains(QLatin1String("software"));
}

} // namespace

Viewport::Impl::Impl(Viewport& owner, const std::filesystem::path& shaders) : widget(owner) {
    try {
        scene = std::make_unique<SceneGraph>(shaders, [this] {
            QMetaObject::invokeMethod(
                &widget, [this] { widget.update(); }, Qt::QueuedConnection);
        });
    } catch (const Error& error) {
        failure = QString::fromUtf8(error.what());
    }
}

Viewport::Viewport(const std::filesystem::path& shaders, QWidget* parent)
    : QOpenGLWidget(parent), m_impl(std::make_unique<Impl>(*this, shaders)) {
    setMouseTracking(true);
    setTabletTracking(true);
    setFocusPolicy(Qt::StrongFocus);
    setMinimumSize(160, 120);
    m_impl->clock.start();
    m_impl->flightTimer.setInterval(15);
    m_impl->restTimer.setInterval(restMilliseconds + 10);
    m_impl->restTimer.setTimerType(Qt::PreciseTimer);
    m_impl->restTimer.setSingleShot(true);
    connect(this, &QOpenGLWidget::frameSwapped, this, [this] { m_impl->noticeSwap(); });
    connect(&m_impl->restTimer, &QTimer::timeout, this, [this] { update(); });
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
        reduced.reset();
        loupeBuffer.reset();
        scene->detachContext();
        messages.reset();
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
    impl.messages = std::make_unique<GlMessages>();
    impl.scene->attachContext();
    disconnect(impl.contextGone);
    impl.contextGone =
        connect(context(), &QOpenGLContext::aboutToBeDestroyed, this, [this] { m_impl->releaseContext(); });
    impl.drawnOnce = false;
    const auto* renderer = reinterpret_cast<const char*>(context()->functions()->glGetString(GL_RENDERER));
    impl.drawsInSoftware = renderer != nullptr && isSoftware(renderer);
    impl.scene->setPaintsByShader(impl.painting.value_or(!impl.drawsInSoftware));
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
    impl.scene->setLoupe(impl.currentLoupe());
    const auto frame = impl.drawFrame();
    impl.drawLoupe();
    if (frame.again) {
        QMetaObject::invokeMethod(
            this, [this] { update(); }, Qt::QueuedConnection);
    }
    const bool wasSharp = std::exchange(impl.sharp, frame.complete && !impl.moves);
    if (impl.sharp && !wasSharp) {
        QMetaObject::invokeMethod(
            this, [this] { Q_EMIT becameSharp(); }, Qt::QueuedConnection);
    }
    // A tool that asked since the last frame told nobody else what it was told.
    const bool drew = std::exchange(impl.drewVertices, impl.scene->drewVertices());
    if (const bool said = impl.saidVertices; showsVertices() != said || impl.drewVertices != drew) {
        QMetaObject::invokeMethod(
            this, [this] { Q_EMIT showsVerticesChanged(); }, Qt::QueuedConnection);
    }
    impl.tellFailures();
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

void Viewport::Impl::noticeMovement() {
    if (camera == drawnCamera) {
        moves = moves && lastMovement.elapsed() < restMilliseconds;
        return;
    }
    drawnCamera = camera;
    // One jump to another place is no movement.
    moves = lastMovement.isValid() && lastMovement.elapsed() < restMilliseconds;
    lastMovement.start();
    movedInFrame = true;
    if (moves) {
        restTimer.start();
    }
}

void Viewport::Impl::noticeSwap() {
    // How long the frame itself took is no rest: or slow frames would be drawn whole, and stay slow.
    if (std::exchange(movedInFrame, false)) {
        lastMovement.start();
        if (moves) {
            restTimer.start();
        }
    }
}

SceneGraph::Frame Viewport::Impl::drawFrame() {
    const double ratio = widget.devicePixelRatioF();
    const QSize pixels(static_cast<int>(std::lround(widget.width() * ratio)),
                       static_cast<int>(std::lround(widget.height() * ratio)));
    const auto target = widget.defaultFramebufferObject();
    noticeMovement();
    if (!drawsInSoftware || !moves) {
        reduced.reset();
        return scene->draw(camera, pixels, ratio, target, timeForUploads, false);
    }
    const QSize half((pixels.width() + 1) / 2, (pixels.height() + 1) / 2);
    if (!reduced || reduced->size() != half) {
        reduced =
            std::make_unique<QOpenGLFramebufferObject>(half, QOpenGLFramebufferObject::CombinedDepthStencil);
    }
    if (!reduced->isValid()) {
        return scene->draw(camera, pixels, ratio, target, timeForUploads, false);
    }
    const auto frame = scene->draw(camera, half, ratio / 2, reduced->handle(), timeForUploads, true);
    QOpenGLFramebufferObject::blitFramebuffer(nullptr, QRect(QPoint(), pixels), reduced.get(),
                                              QRect(QPoint(), half), GL_COLOR_BUFFER_BIT, GL_LINEAR);
    QOpenGLContext::currentContext()->functions()->glBindFramebuffer(GL_FRAMEBUFFER, target);
    return frame;
}

void Viewport::Impl::tellFailures() {
    for (const auto& told : scene->takeFailures()) {
        const auto sentence = QString::fromStdString(told);
        if (!toldFailures.contains(sentence)) {
            toldFailures << sentence;
            QMetaObject::invokeMethod(
                &widget, [this, sentence] { Q_EMIT widget.readingFailed(sentence); }, Qt::QueuedConnection);
        }
    }
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
    if (newTerrain && newTerrain->heights.empty()) {
        newTerrain = nullptr;
    }
    impl.style = newTerrain ? newTerrain->style : terrain::DrapeStyle();
    impl.sharp = false;
    impl.toldFailures.clear();
    if (!newTerrain) { // whatever comes next nobody has looked at
        impl.cameraChosen = false;
        impl.framed.reset();
        impl.history.clear();
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

void Viewport::setDrapeStyle(const terrain::DrapeStyle& style) {
    auto& impl = *m_impl;
    if (impl.style == style) {
        return;
    }
    impl.style = style;
    impl.sharp = false;
    if (impl.scene) {
        impl.scene->setStyle(style);
        update();
    }
}

const terrain::DrapeStyle& Viewport::drapeStyle() const {
    return m_impl->style;
}

std::optional<terrain::Legend> Viewport::legend() const {
    auto* node = m_impl->scene ? m_impl->scene->terrainNode() : nullptr;
    return node != nullptr ? node->painter().legend() : std::nullopt;
}

void Viewport::setOverlay(std::function<Image<float>(const geo::Grid&, const Progress&)> values) {
    if (m_impl->scene) {
        m_impl->sharp = false;
        m_impl->scene->setOverlay(std::move(values));
        update();
    }
}

void Viewport::setOther(std::shared_ptr<const terrain::Terrain> other) {
    if (m_impl->scene) {
        m_impl->sharp = false;
        m_impl->scene->setOther(std::move(other));
        update();
    }
}

void Viewport::setComparison(const SceneComparison& comparison) {
    auto& impl = *m_impl;
    if (comparison == impl.comparison) {
        return;
    }
    const bool isOther = comparison.mode != impl.comparison.mode;
    impl.comparison = comparison;
    if (impl.scene) {
        impl.scene->setComparison(comparison);
    }
    if (isOther) {
        impl.cancelGesture(); // the ground lies elsewhere now
        impl.moved();
    }
    update();
}

const SceneComparison& Viewport::comparison() const {
    return m_impl->comparison;
}

void Viewport::setFineness(const terrain::Fineness& fineness) {
    if (m_impl->scene) {
        m_impl->sharp = false;
        m_impl->scene->setFineness(fineness);
        update();
    }
}

bool Viewport::isSharp() const {
    return m_impl->sharp && m_impl->camera == m_impl->drawnCamera;
}

std::size_t Viewport::tileBytes() const {
    auto* node = m_impl->scene ? m_impl->scene->terrainNode() : nullptr;
    return node != nullptr ? node->cacheBytes() + node->graphicsBytes() : 0;
}

void Viewport::setLayer(const QString& name, const std::vector<outlines::OutlineSet::Handle>& outlines,
                        const LayerStyle& style) {
    if (m_impl->scene) {
        m_impl->sharp = false;
        m_impl->scene->setLayer(name, outlines, style);
        update();
    }
}

void Viewport::changeLayer(const QString& name, const std::vector<outlines::OutlineSet::Handle>& put,
                           const std::vector<std::string>& removed) {
    if (m_impl->scene) {
        m_impl->sharp = false;
        m_impl->scene->changeLayer(name, put, removed);
        update();
    }
}

void Viewport::setLayerOrder(const QStringList& topmostFirst) {
    if (m_impl->scene) {
        m_impl->scene->setLayerOrder(topmostFirst);
        update();
    }
}

void Viewport::setLayerStyle(const QString& name, const LayerStyle& style) {
    if (m_impl->scene) {
        m_impl->sharp = false;
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

void Viewport::setLiveOutlines(const QString& layer, const LiveOutlines& outlines) {
    if (m_impl->scene) {
        m_impl->scene->setLiveOutlines(layer, outlines);
        update();
    }
}

void Viewport::setSelection(std::vector<outlines::OutlineRef> selection) {
    if (m_impl->scene) {
        m_impl->scene->setSelection(std::move(selection));
        update();
    }
}

void Viewport::setMarks(const Marks& marks) {
    if (m_impl->scene && m_impl->scene->setMarks(marks)) {
        update();
    }
}

void Viewport::setHoveredOutline(const std::optional<outlines::OutlineRef>& outline) {
    if (m_impl->scene && m_impl->scene->setHoveredOutline(outline)) {
        update();
    }
}

void Viewport::setHiddenOutlinesShown(bool shown) {
    auto& impl = *m_impl;
    if (impl.scene && shown != impl.hiddenShown) {
        impl.hiddenShown = shown;
        impl.scene->setHiddenShown(shown);
        update();
        Q_EMIT hiddenOutlinesShownChanged(shown);
    }
}

bool Viewport::hiddenOutlinesShown() const {
    return m_impl->hiddenShown;
}

void Viewport::setOutlinesShown(bool shown) {
    auto& impl = *m_impl;
    if (impl.scene && shown != impl.outlinesShown) {
        impl.outlinesShown = shown;
        impl.scene->setOutlinesShown(shown);
        update();
    }
}

bool Viewport::outlinesShown() const {
    return m_impl->outlinesShown;
}

bool Viewport::isDragging() const {
    return m_impl->drag.has_value();
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

} // namespace nunatak::ui::viewport
