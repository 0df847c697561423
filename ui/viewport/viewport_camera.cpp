// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/viewport/viewport.h"

#include "geo/ground_scale.h"
#include "ui/terrain/terrain.h"
#include "ui/viewport/viewport_impl.h"

#include <algorithm>
#include <cmath>

namespace nunatak::ui::viewport {

namespace {

constexpr double frameMargin = 0.05;

} // namespace

QSizeF Viewport::Impl::size() const {
    const double panes = comparison.mode == SceneComparison::Mode::SideBySide ? 2 : 1;
    return {std::max(1.0, widget.width() / panes), std::max(1.0, static_cast<double>(widget.height()))};
}

QPointF Viewport::Impl::inPane(QPointF position) const {
    const double pane = size().width();
    const double decides = drag ? drag->pressed.x() : position.x();
    const bool isRight = comparison.mode == SceneComparison::Mode::SideBySide && decides >= pane;
    return isRight ? position - QPointF(pane, 0) : position;
}

std::shared_ptr<const terrain::Terrain> Viewport::Impl::ground() const {
    return scene ? scene->terrain() : nullptr;
}

std::optional<Vec3> Viewport::Impl::hit(QPointF position) const {
    if (!ground()) {
        return std::nullopt;
    }
    const auto ray = camera.rayThrough(position, size());
    return scene->surface().intersect(ray.origin, ray.direction, exaggeration);
}

std::optional<Vec3> Viewport::Impl::hitOrLevel(QPointF position, double level) const {
    if (const auto place = hit(position)) {
        return place;
    }
    const auto ray = camera.rayThrough(position, size());
    if (ray.direction.z > -0.02) {
        return std::nullopt; // the sky, or so near the horizon that a pixel is a country
    }
    const double t = (level - ray.origin.z) / ray.direction.z;
    return t > 0 ? std::optional(ray.origin + ray.direction * t) : std::nullopt;
}

Vec3 Viewport::Impl::centre() const {
    const auto middle = QPointF(size().width() / 2, size().height() / 2);
    return hit(middle).value_or(camera.target);
}

void Viewport::Impl::moved() {
    sharp = false;
    widget.update();
    Q_EMIT widget.cameraMoved();
}

std::optional<CameraGround> Viewport::Impl::cameraGround() const {
    const auto surface = ground();
    if (!surface) {
        return std::nullopt;
    }
    return CameraGround{surface->heightGrid.extent(), surface->drapeGrid.pixelSize,
                        [this](geo::Point map) { return scene->surface().heightAt(map) * exaggeration; }};
}

void Viewport::Impl::keepAboveGround(MapCamera& changed) const {
    if (const auto around = cameraGround()) {
        changed = around->above(changed);
    }
}

void Viewport::Impl::limit(MapCamera& changed) const {
    if (const auto around = cameraGround()) {
        changed = around->within(changed);
    }
}

void Viewport::Impl::become(MapCamera changed) {
    if (flatMap) {
        changed.tilt = 0;
    }
    keepAboveGround(changed);
    camera = changed;
}

void Viewport::Impl::anchorTarget() {
    // The scale shown and the centre of the next turn belong to the ground, not to a point in the air.
    if (const auto place = hit({size().width() / 2, size().height() / 2})) {
        camera.focusAt(*place);
    }
}

void Viewport::Impl::flyTo(const MapCamera& goal, bool animated) {
    const auto now = flight ? flight->goal() : camera;
    if (animated && !(goal == now)) {
        history.leave(now);
    }
    head(goal, animated);
}

void Viewport::Impl::drift() {
    if (!flight) { // or what it left is remembered already
        history.drift(camera, static_cast<double>(clock.elapsed()) / 1000);
    }
}

void Viewport::Impl::head(const MapCamera& goal, bool animated) {
    cameraChosen = true;
    const bool visible = widget.isVisible() && drawnOnce;
    if (!animated || !visible || goal == camera) {
        flight.reset();
        flightTimer.stop();
        camera = goal;
        moved();
        return;
    }
    flight.emplace(camera, goal);
    flightTime.start();
    flightTimer.start();
}

void Viewport::Impl::advanceFlight() {
    if (!flight) {
        flightTimer.stop();
        return;
    }
    const double seconds = static_cast<double>(flightTime.elapsed()) / 1000;
    if (seconds >= flight->seconds()) {
        finishFlight();
        return;
    }
    camera = flight->at(seconds);
    keepAboveGround(camera);
    moved();
}

void Viewport::Impl::finishFlight() {
    flightTimer.stop();
    if (flight) {
        camera = flight->goal();
        flight.reset();
        moved();
    }
}

void Viewport::Impl::stopFlight() {
    flightTimer.stop();
    if (flight) {
        flight.reset();
        framed.reset();
        anchorTarget();
        moved();
    }
}

MapCamera Viewport::Impl::framing(const geo::Extent& extent, const MapCamera& angles) const {
    // The extent's border and middle at the height of the ground: mountains inside must not be cut off
    // either.
    std::vector<Vec3> points;
    const auto surface = ground();
    constexpr int steps = 12;
    for (int row = 0; row <= steps; ++row) {
        for (int column = 0; column <= steps; ++column) {
            const geo::Point map{extent.xmin + extent.width() * column / steps,
                                 extent.ymin + extent.height() * row / steps};
            points.push_back({map.x, map.y, surface ? scene->surface().heightAt(map) * exaggeration : 0});
        }
    }
    auto result = angles;
    result.target = points[points.size() / 2];
    // An outline of one point still gets a view of some size.
    result.viewHeight = std::max({extent.width(), extent.height(), 50.0});
    result.fit(points, size(), frameMargin);
    limit(result);
    return result;
}

void Viewport::Impl::zoomAt(QPointF position, double factor) {
    drift();
    stopFlight();
    const auto place = hitOrLevel(position, camera.target.z).value_or(camera.target);
    if (const auto around = cameraGround()) {
        // How large the place under the pointer may become decides, not the middle of the view.
        auto there = camera;
        there.focusAt(place);
        factor = around->allowedZoom(there.viewHeight, factor);
    }
    auto changed = camera;
    changed.zoomTowards(place, factor);
    become(changed);
    anchorTarget();
    framed.reset();
    cameraChosen = true;
    moved();
}

void Viewport::Impl::pan(QPointF position) {
    // The pressed point slides over its own level, so that it stays under the pointer exactly.
    const auto changed = panned(camera, drag->anchor, position, size());
    const auto around = cameraGround();
    if (around && !around->mayPan(camera, changed)) {
        return;
    }
    drift();
    become(changed);
    moved();
}

void Viewport::Impl::orbit(QPointF position) {
    drift();
    const auto step = position - drag->last;
    constexpr double degreesPerPixel = 0.3;
    turnBy(step.x() * degreesPerPixel, -step.y() * degreesPerPixel, drag->anchor);
}

void Viewport::Impl::turnBy(double heading, double tilt, const Vec3& around) {
    auto changed = camera;
    changed.turnAround(around, camera.heading + heading, flatMap ? 0 : camera.tilt + tilt, size());
    // Where the turn would lead under the ground, only the heading changes.
    auto lifted = changed;
    keepAboveGround(lifted);
    if (!(lifted == changed)) {
        changed = camera;
        changed.turnAround(around, camera.heading + heading, camera.tilt, size());
    }
    become(changed);
    moved();
}

void Viewport::Impl::look(View view) {
    if (view == View::Oblique) {
        leaveFlatMap();
    }
    const auto now = flight ? flight->goal() : camera;
    // Straight down means a map: north is up.
    turnTo(view == View::Nadir ? 0 : now.heading, view == View::Nadir ? 0 : obliqueTilt);
}

void Viewport::Impl::turnTo(double heading, double tilt) {
    auto goal = flight ? flight->goal() : camera;
    if (framed) {
        goal.tilt = tilt;
        goal.heading = heading;
        flyTo(framing(*framed, goal), true);
        return;
    }
    const auto middle = flight ? goal.target : centre();
    goal.turnAround(middle, heading, tilt, size());
    limit(goal);
    flyTo(goal, true);
}

void Viewport::Impl::leaveFlatMap() {
    if (flatMap) {
        flatMap = false;
        Q_EMIT widget.flatMapChanged(false);
    }
}

void Viewport::setVerticalExaggeration(double factor) {
    auto& impl = *m_impl;
    factor = std::clamp(factor, 0.5, 5.0);
    const double change = factor / impl.exaggeration;
    impl.exaggeration = factor;
    if (impl.scene) {
        impl.scene->setExaggeration(factor);
    }
    // What is looked at stays in the middle of the view while it rises.
    impl.camera.scaleHeights(change);
    impl.history.scaleHeights(change);
    impl.keepAboveGround(impl.camera);
    if (impl.flight) {
        impl.flight->scaleHeights(change);
    }
    impl.moved();
}

double Viewport::verticalExaggeration() const {
    return m_impl->exaggeration;
}

std::optional<QPointF> Viewport::project(geo::Point map) const {
    const auto surface = m_impl->ground();
    const double z = surface ? m_impl->scene->surface().heightAt(map) * m_impl->exaggeration : 0;
    return m_impl->camera.project({map.x, map.y, z}, m_impl->size());
}

bool Viewport::showsVertices() const {
    // What has just been selected is in no frame yet: then the middle of the view says it.
    m_impl->saidVertices = m_impl->drewVertices || showsVertices(metresPerPixel());
    return m_impl->saidVertices;
}

bool Viewport::showsVertices(double metresPerPixel) const {
    return m_impl->scene && m_impl->scene->showsVertices(metresPerPixel);
}

double Viewport::metresPerPixel() const {
    const double onMap = m_impl->camera.metresPerPixel(m_impl->centre(), m_impl->size());
    const auto ground = terrain();
    const auto& target = m_impl->camera.target;
    return ground ? onMap * geo::groundMetresPerUnit(ground->drapeGrid.crs, {target.x, target.y}) : onMap;
}

double Viewport::heading() const {
    return m_impl->camera.heading;
}

const MapCamera& Viewport::camera() const {
    return m_impl->camera;
}

bool Viewport::isFlying() const {
    return m_impl->flight.has_value();
}

} // namespace nunatak::ui::viewport
