// SPDX-License-Identifier: GPL-3.0-or-later
// How a frame comes about: matrices, choice of tiles, panes, loupe.
#include "ui/viewport/scene_graph.h"

#include "ui/viewport/camera_view.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

namespace nunatak::ui::viewport {

namespace {

/// From how many pixels on the other scene is shown.
constexpr float nowhere = 1e9F;
constexpr float everywhere = -1;

osg::Vec3d toLocal(const Vec3& point, geo::Point origin) {
    return {point.x - origin.x, point.y - origin.y, point.z};
}

osg::Vec3d toOsg(const Vec3& direction) {
    return {direction.x, direction.y, direction.z};
}

} // namespace

void SceneGraph::setMatrices(const MapCamera& camera, const QSize& size) {
    auto* target = m_viewer->getCamera();
    const auto eye = toLocal(camera.eye(), origin());
    const auto forward = toOsg(camera.forward());
    target->setViewMatrixAsLookAt(eye, eye + forward, toOsg(camera.up()));
    // The depths between which something is drawn.
    double nearest = 1e300;
    double farthest = -1e300;
    if (m_terrainNode) {
        const auto bounds = m_terrainNode->bounds();
        for (unsigned corner = 0; corner < 8; ++corner) {
            auto point = osg::Vec3d(bounds.corner(corner));
            point.z() *= m_exaggeration;
            const double depth = (point - eye) * forward;
            nearest = std::min(nearest, depth);
            farthest = std::max(farthest, depth);
        }
    } else {
        nearest = 1;
        farthest = 1000;
    }
    // Lines are brought towards the eye by some pixels of their place, and must not be cut off there.
    const double margin = 0.001 * (farthest - nearest) + 1 + 0.05 * camera.viewHeight;
    const double aspect = static_cast<double>(size.width()) / size.height();
    const double top = camera.viewHeight / 2;
    if (camera.isParallel()) {
        target->setProjectionMatrixAsOrtho(-top * aspect, top * aspect, -top, top, nearest - margin,
                                           farthest + margin);
        return;
    }
    // The eye may be among the mountains: then nothing is nearer than a part of its height over the ground.
    double over = farthest;
    if (m_terrainNode) {
        const auto at = camera.eye();
        over = std::max(1.0, at.z - surface().heightAt({at.x, at.y}) * m_exaggeration);
    }
    const double far = std::max(farthest + margin, 10.0);
    const double near = std::clamp(std::max(0.75 * nearest - margin, 0.1 * over), far * 1e-4, far * 0.9);
    const double tangent = std::tan(camera.openingAngle() / 2) * near;
    target->setProjectionMatrixAsFrustum(-tangent * aspect, tangent * aspect, -tangent, tangent, near, far);
}

SceneGraph::Frame SceneGraph::prepare(const MapCamera& camera, const QSize& size, double pixelScale,
                                      double seconds, std::chrono::steady_clock::time_point deadline) {
    m_queue.deliver(m_failures);
    if (!m_terrainNode) {
        m_queue.want({});
        return {};
    }
    bool allTaken = true;
    for (const auto& [name, layer] : m_layers) {
        allTaken = layer->takeIn(deadline) && allTaken;
    }
    Tasks tasks;
    auto& state = *m_window->getState();
    // Qt uses the context between our frames; what OSG remembers of its state is no longer true.
    state.reset();
    auto view = viewOf(camera, size, m_exaggeration);
    if (m_loupe) {
        const QSizeF pane = paneOf(size);
        view.magnified = partOf(viewOf(camera, pane, m_exaggeration), pane,
                                {m_loupe->middle.x() * pane.width(), m_loupe->middle.y() * pane.height()},
                                m_loupe->share * pane.height());
        view.magnification = m_loupe->times;
    }
    const auto frame = m_terrainNode->choose(
        state, view, m_fineness, seconds,
        [this](const terrain::TileId& id) {
            return m_groundAlone || std::all_of(m_layers.begin(), m_layers.end(),
                                                [&](const auto& layer) { return layer.second->isReady(id); });
        },
        m_queue, tasks);
    m_terrainNode->upload(state, deadline);
    bool complete = m_terrainNode->isSettled();
    for (const auto& [name, layer] : m_layers) {
        complete = (m_groundAlone || layer->prepare(frame, tasks)) && complete;
    }
    m_selectionNode.prepare(frame, [&](const Vec3& place) {
        return camera.metresPerPixel({place.x, place.y, place.z * m_exaggeration}, size) * pixelScale;
    });
    for (const auto& [name, layer] : m_layers) {
        layer->addSelected(frame, m_selectionNode.lines());
    }
    m_marksNode.prepare(frame);
    m_queue.want(std::move(tasks));
    return {complete && allTaken, m_terrainNode->isMoving() || !allTaken};
}

void SceneGraph::renderPane(const MapCamera& camera, int left, const QSize& size, float otherFrom) {
    m_viewSize->set(osg::Vec2(static_cast<float>(size.width()), static_cast<float>(size.height())));
    if (m_terrainNode) {
        m_terrainNode->setOtherFrom(otherFrom);
    }
    setMatrices(camera, size);
    m_viewer->getCamera()->setViewport(left, 0, size.width(), size.height());
    m_window->getState()->reset();
    m_viewer->frame();
}

void SceneGraph::render(const MapCamera& camera, const QSize& size, double pixelScale, unsigned framebuffer) {
    m_pixelScale->set(static_cast<float>(pixelScale));
    m_window->setDefaultFboId(framebuffer);
    switch (m_comparison.mode) {
    case SceneComparison::Mode::None:
        renderPane(camera, 0, size, nowhere);
        break;
    case SceneComparison::Mode::Swipe:
        renderPane(camera, 0, size, static_cast<float>(m_comparison.swipe * size.width()));
        break;
    case SceneComparison::Mode::Flicker:
        renderPane(camera, 0, size, m_comparison.showsOther ? everywhere : nowhere);
        break;
    case SceneComparison::Mode::SideBySide: {
        const auto pane = paneOf(size);
        renderPane(camera, 0, pane, nowhere);
        // A clear reaches the whole framebuffer; the first pane's colours stay.
        auto* target = m_viewer->getCamera();
        const auto clears = target->getClearMask();
        target->setClearMask(GL_DEPTH_BUFFER_BIT | GL_STENCIL_BUFFER_BIT);
        renderPane(camera, size.width() - pane.width(), pane, everywhere);
        target->setClearMask(clears);
        break;
    }
    }
}

QSize SceneGraph::paneOf(const QSize& size) const {
    return m_comparison.mode == SceneComparison::Mode::SideBySide
               ? QSize(std::max(1, size.width() / 2), size.height())
               : size;
}

SceneGraph::Frame SceneGraph::draw(const MapCamera& camera, const QSize& size, double pixelScale,
                                   unsigned framebuffer, std::chrono::milliseconds forUploads, bool quick) {
    if (!m_viewer) {
        return {};
    }
    for (const auto& [name, layer] : m_layers) {
        layer->setQuick(quick);
    }
    const auto now = std::chrono::steady_clock::now();
    // After a rest, what begins to move begins with this frame.
    const double seconds = std::min(std::chrono::duration<double>(now - m_lastFrame).count(), 0.1);
    m_lastFrame = now;
    const auto frame = prepare(camera, size, pixelScale, seconds, now + forUploads);
    render(camera, size, pixelScale, framebuffer);
    return frame;
}

void SceneGraph::drawWhole(const MapCamera& camera, const QSize& size, double pixelScale,
                           unsigned framebuffer) {
    if (!m_viewer || !m_terrainNode) {
        if (m_viewer) {
            render(camera, size, pixelScale, framebuffer);
        }
        return;
    }
    for (const auto& [name, layer] : m_layers) {
        layer->setQuick(false);
    }
    const auto windows = m_terrainNode->tree();
    const auto loupe = std::exchange(m_loupe, std::nullopt); // it belongs to the window
    const auto forever = std::chrono::steady_clock::time_point::max();
    const double arrived = std::numeric_limits<double>::infinity();
    // Each round brings a level, a few at most; what cannot be read is given up after one.
    int idle = 0;
    const auto fineness = m_fineness;
    m_fineness.error *= pixelScale;
    while (!prepare(camera, paneOf(size), pixelScale, arrived, forever).complete && idle < 3) {
        idle = m_terrainNode->isMoving() || m_queue.waitForDelivery() ? 0 : idle + 1;
    }
    m_fineness = fineness;
    render(camera, size, pixelScale, framebuffer);
    m_terrainNode->setTree(windows);
    m_loupe = loupe;
}

void SceneGraph::drawLoupe(const MapCamera& camera, const QSize& size, double pixelScale,
                           unsigned framebuffer, int side) {
    if (!m_viewer || !m_loupe) {
        return;
    }
    const auto pane = paneOf(size);
    const double shown = m_loupe->share * pane.height(); // pixels of the view
    const auto middle = m_loupe->middle;
    m_pixelScale->set(static_cast<float>(pixelScale));
    m_window->setDefaultFboId(framebuffer);
    m_viewSize->set(osg::Vec2(static_cast<float>(side), static_cast<float>(side)));
    if (m_terrainNode) {
        const auto swipe = (m_comparison.swipe - middle.x()) * pane.width() + shown / 2;
        m_terrainNode->setOtherFrom(
            m_comparison.mode == SceneComparison::Mode::Swipe ? static_cast<float>(swipe * side / shown)
            : m_comparison.mode == SceneComparison::Mode::Flicker && m_comparison.showsOther ? everywhere
            : m_loupe->onOther                                                               ? everywhere
                                                                                             : nowhere);
    }
    setMatrices(camera, pane);
    // The square is brought into the middle and made to fill all.
    auto* target = m_viewer->getCamera();
    const auto toMiddle = osg::Matrixd::translate(1 - 2 * middle.x(), 2 * middle.y() - 1, 0);
    target->setProjectionMatrix(target->getProjectionMatrix() * toMiddle *
                                osg::Matrixd::scale(pane.width() / shown, pane.height() / shown, 1));
    target->setViewport(0, 0, side, side);
    m_window->getState()->reset();
    m_viewer->frame();
}

} // namespace nunatak::ui::viewport
