// SPDX-License-Identifier: GPL-3.0-or-later
// Where the camera is told to go.
#include "ui/viewport/viewport.h"

#include "ui/terrain/downhill.h"
#include "ui/viewport/viewport_impl.h"

#include <algorithm>
#include <cmath>

namespace nunatak::ui::viewport {

namespace {

/// What is looked at is not cut by the view's edge.
geo::Extent roomAround(const geo::Extent& extent) {
    return extent.grown(0.15 * std::max(extent.width(), extent.height()));
}

} // namespace

void Viewport::setView(View view) {
    m_impl->look(view);
}

void Viewport::turnTo(double heading) {
    auto& impl = *m_impl;
    impl.turnTo(heading, impl.flight ? impl.flight->goal().tilt : impl.camera.tilt);
}

void Viewport::lookUp(const geo::MultiPolygon& outlines) {
    auto& impl = *m_impl;
    const auto ground = impl.ground();
    if (ground == nullptr) {
        return;
    }
    // Of what reaches beyond the scene, the part that is seen.
    const auto scene = ground->heightGrid.extent();
    auto extent = geo::extentOf(outlines);
    if (extent.intersects(scene)) {
        extent = {std::max(extent.xmin, scene.xmin), std::max(extent.ymin, scene.ymin),
                  std::min(extent.xmax, scene.xmax), std::min(extent.ymax, scene.ymax)};
    }
    extent = roomAround(extent);
    if (extent.empty()) {
        return;
    }
    impl.leaveFlatMap();
    auto goal = impl.flight ? impl.flight->goal() : impl.camera;
    if (const auto downhill = terrain::downhillDirection(*ground, outlines)) {
        goal.heading = std::fmod(*downhill + 180, 360);
    }
    goal.tilt = obliqueTilt;
    impl.flyTo(impl.framing(extent, goal), true);
    impl.framed = extent;
}

bool Viewport::goBack() {
    auto& impl = *m_impl;
    auto goal = impl.history.back(impl.flight ? impl.flight->goal() : impl.camera);
    if (!goal) {
        return false;
    }
    if (goal->tilt > 0) {
        impl.leaveFlatMap();
    }
    impl.keepAboveGround(*goal);
    impl.framed.reset();
    impl.head(*goal, true);
    return true;
}

void Viewport::setFlatMap(bool flat) {
    auto& impl = *m_impl;
    if (flat == impl.flatMap) {
        return;
    }
    impl.flatMap = flat;
    if (flat && !(impl.camera.tilt == 0 && !impl.flight)) {
        impl.look(View::Nadir);
    }
    Q_EMIT flatMapChanged(flat);
}

bool Viewport::isFlatMap() const {
    return m_impl->flatMap;
}

void Viewport::centreOn(geo::Point map) {
    auto& impl = *m_impl;
    impl.drift();
    impl.stopFlight();
    const auto middle = impl.centre();
    auto changed = impl.camera;
    changed.target.x += map.x - middle.x;
    changed.target.y += map.y - middle.y;
    impl.become(changed);
    impl.anchorTarget();
    impl.framed.reset();
    impl.moved();
}

std::vector<geo::Point> Viewport::footprint() const {
    // On the level of what is looked at: this is asked for at every move of the camera, and rays through the
    // whole terrain would cost more than they tell in a small map.
    return levelFootprint(m_impl->camera, m_impl->size());
}

void Viewport::frame(const geo::Extent& extent, bool animated, double mostTilt) {
    if (extent.empty()) {
        return;
    }
    auto& impl = *m_impl;
    auto looking = impl.flight ? impl.flight->goal() : impl.camera;
    looking.tilt = std::min(looking.tilt, mostTilt);
    impl.flyTo(impl.framing(extent, looking), animated);
    impl.framed = extent;
}

QString Viewport::cameraState() const {
    auto camera = m_impl->flight ? m_impl->flight->goal() : m_impl->camera;
    camera.scaleHeights(1 / m_impl->exaggeration);
    return camera.toText();
}

bool Viewport::goTo(const QString& state, bool animated) {
    auto& impl = *m_impl;
    auto goal = MapCamera::fromText(state);
    if (!goal) {
        return false;
    }
    goal->scaleHeights(impl.exaggeration);
    if (goal->tilt > 0) {
        impl.leaveFlatMap();
    }
    impl.keepAboveGround(*goal);
    impl.framed.reset();
    impl.flyTo(*goal, animated);
    return true;
}

bool Viewport::restoreCamera(const QString& state) {
    return goTo(state, false);
}

bool Viewport::flyToCamera(const QString& state) {
    return goTo(state, true);
}

} // namespace nunatak::ui::viewport
