// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewport/viewport.h"

#include "viewport/viewport_impl.h"

#include <algorithm>
#include <cmath>

namespace nunatak::ui {

namespace {

constexpr double flightMilliseconds = 450;
constexpr double obliqueTilt = 55;
constexpr double frameMargin = 0.05;

} // namespace

QSizeF Viewport::Impl::size() const {
    return {std::max(1.0, static_cast<double>(widget.width())),
            std::max(1.0, static_cast<double>(widget.height()))};
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

void Viewport::Impl::keepAboveGround(MapCamera& changed) const {
    const auto surface = ground();
    if (!surface || changed.isParallel()) {
        return;
    }
    const auto eye = changed.eye();
    const auto extent = surface->heightGrid.extent();
    if (!extent.contains({eye.x, eye.y})) {
        return; // beside the block one may look at its walls
    }
    const double clearance = std::max(20.0, 0.02 * changed.distance());
    const double lowest = scene->surface().heightAt({eye.x, eye.y}) * exaggeration + clearance;
    if (eye.z < lowest) {
        changed.target.z += lowest - eye.z;
    }
}

void Viewport::Impl::limit(MapCamera& changed) const {
    const auto surface = ground();
    if (!surface) {
        return;
    }
    const auto extent = surface->heightGrid.extent();
    const double largest = 6 * std::max(extent.width(), extent.height());
    const double smallest = std::min(surface->drapeGrid.pixelSize * 4, largest);
    changed.viewHeight = std::clamp(changed.viewHeight, smallest, largest);
    keepAboveGround(changed);
}

void Viewport::Impl::anchorTarget() {
    // The scale shown and the centre of the next turn belong to the ground, not to a point in the air.
    if (const auto place = hit({size().width() / 2, size().height() / 2})) {
        camera.focusAt(*place);
    }
}

void Viewport::Impl::flyTo(const MapCamera& goal, bool animated) {
    cameraChosen = true;
    const bool visible = widget.isVisible() && drawnOnce;
    if (!animated || !visible || goal == camera) {
        flightGoal.reset();
        flightTimer.stop();
        camera = goal;
        moved();
        return;
    }
    flightStart = camera;
    flightGoal = goal;
    flightTime.start();
    flightTimer.start();
}

void Viewport::Impl::advanceFlight() {
    if (!flightGoal) {
        flightTimer.stop();
        return;
    }
    const double share = static_cast<double>(flightTime.elapsed()) / flightMilliseconds;
    if (share >= 1) {
        finishFlight();
        return;
    }
    camera = between(flightStart, *flightGoal, share);
    keepAboveGround(camera);
    moved();
}

void Viewport::Impl::finishFlight() {
    flightTimer.stop();
    if (flightGoal) {
        camera = *flightGoal;
        flightGoal.reset();
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
    finishFlight();
    const auto place = hitOrLevel(position, camera.target.z);
    auto changed = camera;
    // How large the place under the pointer may become decides, not the middle of the view.
    changed.focusAt(place.value_or(camera.target));
    const auto surface = ground();
    if (surface) {
        const auto extent = surface->heightGrid.extent();
        const double largest = 6 * std::max(extent.width(), extent.height());
        const double smallest = surface->drapeGrid.pixelSize * 4;
        const double height = changed.viewHeight;
        factor = std::clamp(factor, std::min(1.0, smallest / height), std::max(1.0, largest / height));
    }
    changed = camera;
    changed.zoomTowards(place.value_or(camera.target), factor);
    keepAboveGround(changed);
    camera = changed;
    anchorTarget();
    framed.reset();
    cameraChosen = true;
    moved();
}

void Viewport::Impl::pan(QPointF position) {
    // The pressed point slides over its own level, so that it stays under the pointer exactly.
    const auto ray = camera.rayThrough(position, size());
    if (ray.direction.z > -0.02) {
        return;
    }
    const double t = (drag->anchor.z - ray.origin.z) / ray.direction.z;
    const auto now = ray.origin + ray.direction * t;
    auto changed = camera;
    changed.target.x += drag->anchor.x - now.x;
    changed.target.y += drag->anchor.y - now.y;
    const auto surface = ground();
    if (surface) {
        // One can look beyond the edge, but not lose the block out of sight.
        const auto extent = surface->heightGrid.extent().grown(0.75 * changed.viewHeight);
        if (!extent.contains({changed.target.x, changed.target.y}) &&
            extent.contains({camera.target.x, camera.target.y})) {
            return;
        }
    }
    keepAboveGround(changed);
    camera = changed;
    moved();
}

void Viewport::Impl::orbit(QPointF position) {
    const auto step = position - drag->last;
    constexpr double degreesPerPixel = 0.3;
    auto changed = camera;
    changed.turnAround(drag->anchor, camera.heading + step.x() * degreesPerPixel,
                       camera.tilt - step.y() * degreesPerPixel, size());
    // Where the turn would lead under the ground, only the heading changes.
    auto lifted = changed;
    keepAboveGround(lifted);
    if (!(lifted == changed)) {
        changed = camera;
        changed.turnAround(drag->anchor, camera.heading + step.x() * degreesPerPixel, camera.tilt, size());
        keepAboveGround(changed);
    }
    camera = changed;
    moved();
}

void Viewport::Impl::look(View view) {
    auto goal = flightGoal.value_or(camera);
    const double tilt = view == View::Nadir ? 0 : obliqueTilt;
    // Straight down means a map: north is up.
    const double heading = view == View::Nadir ? 0 : goal.heading;
    if (framed) {
        goal.tilt = tilt;
        goal.heading = heading;
        flyTo(framing(*framed, goal), true);
        return;
    }
    const auto middle = flightGoal ? goal.target : centre();
    goal.turnAround(middle, heading, tilt, size());
    limit(goal);
    flyTo(goal, true);
}

void Viewport::setView(View view) {
    m_impl->look(view);
}

void Viewport::frame(const geo::Extent& extent, bool animated) {
    if (extent.empty()) {
        return;
    }
    auto& impl = *m_impl;
    impl.flyTo(impl.framing(extent, impl.flightGoal.value_or(impl.camera)), animated);
    impl.framed = extent;
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
    impl.keepAboveGround(impl.camera);
    if (impl.flightGoal) {
        impl.flightStart.scaleHeights(change);
        impl.flightGoal->scaleHeights(change);
    }
    impl.moved();
}

double Viewport::verticalExaggeration() const {
    return m_impl->exaggeration;
}

QString Viewport::cameraState() const {
    auto camera = m_impl->flightGoal.value_or(m_impl->camera);
    camera.scaleHeights(1 / m_impl->exaggeration);
    return camera.toText();
}

bool Viewport::restoreCamera(const QString& state) {
    auto camera = MapCamera::fromText(state);
    if (!camera) {
        return false;
    }
    camera->scaleHeights(m_impl->exaggeration);
    m_impl->framed.reset();
    m_impl->flyTo(*camera, false);
    return true;
}

std::optional<QPointF> Viewport::project(geo::Point map) const {
    const auto surface = m_impl->ground();
    const double z = surface ? m_impl->scene->surface().heightAt(map) * m_impl->exaggeration : 0;
    return m_impl->camera.project({map.x, map.y, z}, m_impl->size());
}

double Viewport::metresPerPixel() const {
    return m_impl->camera.metresPerPixel(m_impl->centre(), m_impl->size());
}

double Viewport::heading() const {
    return m_impl->camera.heading;
}

bool Viewport::isFlying() const {
    return m_impl->flightGoal.has_value();
}

} // namespace nunatak::ui
