// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/viewport/camera_ground.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace nunatak::ui::viewport {

namespace {

constexpr double leastClearance = 20;      // metres
constexpr double relativeClearance = 0.02; // of the distance looked over
constexpr int directions = 8;

// A ray that sinks less than this meets the ground so far away that a pixel is a country.
constexpr double horizon = -0.02;

} // namespace

MapCamera CameraGround::above(MapCamera camera) const {
    if (camera.isParallel()) {
        return camera;
    }
    const auto eye = camera.eye();
    if (!extent.contains({eye.x, eye.y})) {
        return camera;
    }
    const double clearance = std::max(leastClearance, relativeClearance * camera.distance());
    double highest = heightAt({eye.x, eye.y});
    // A cliff beside the eye hides as much as one below it.
    for (int i = 0; i < directions; ++i) {
        const double angle = 2 * std::numbers::pi * i / directions;
        const geo::Point around{eye.x + clearance * std::cos(angle), eye.y + clearance * std::sin(angle)};
        if (extent.contains(around)) {
            highest = std::max(highest, heightAt(around));
        }
    }
    camera.target.z += std::max(0.0, highest + clearance - eye.z);
    return camera;
}

double CameraGround::highestView() const {
    return 6 * std::max(extent.width(), extent.height());
}

double CameraGround::lowestView() const {
    return std::min(pixelSize * 4, highestView());
}

MapCamera CameraGround::within(MapCamera camera) const {
    camera.viewHeight = std::clamp(camera.viewHeight, lowestView(), highestView());
    return above(camera);
}

double CameraGround::allowedZoom(double viewHeight, double factor) const {
    return std::clamp(factor, std::min(1.0, lowestView() / viewHeight),
                      std::max(1.0, highestView() / viewHeight));
}

bool CameraGround::mayPan(const MapCamera& from, const MapCamera& to) const {
    const auto room = extent.grown(0.75 * to.viewHeight);
    return room.contains({to.target.x, to.target.y}) || !room.contains({from.target.x, from.target.y});
}

MapCamera panned(const MapCamera& camera, const Vec3& anchor, QPointF position, QSizeF size) {
    const auto ray = camera.rayThrough(position, size);
    auto moved = camera;
    if (ray.direction.z > horizon) {
        return moved;
    }
    const double t = (anchor.z - ray.origin.z) / ray.direction.z;
    const auto now = ray.origin + ray.direction * t;
    moved.target.x += anchor.x - now.x;
    moved.target.y += anchor.y - now.y;
    return moved;
}

MapCamera slid(const MapCamera& camera, double right, double up) {
    const double h = camera.heading * std::numbers::pi / 180;
    auto moved = camera;
    moved.target.x += (right * std::cos(h) + up * std::sin(h)) * camera.viewHeight;
    moved.target.y += (up * std::cos(h) - right * std::sin(h)) * camera.viewHeight;
    return moved;
}

std::vector<geo::Point> levelFootprint(const MapCamera& camera, QSizeF size) {
    constexpr int steps = 48;
    std::vector<geo::Point> corners;
    for (const auto& corner : {QPointF(0, size.height()), QPointF(size.width(), size.height()),
                               QPointF(size.width(), 0), QPointF(0, 0)}) {
        for (int i = 0; i <= steps; ++i) {
            const double y = std::min(corner.y() + size.height() * i / steps, size.height());
            const auto ray = camera.rayThrough({corner.x(), y}, size);
            if (ray.direction.z < horizon) {
                const double t = (camera.target.z - ray.origin.z) / ray.direction.z;
                const auto place = ray.origin + ray.direction * t;
                corners.push_back({place.x, place.y});
                break;
            }
        }
    }
    return corners;
}

} // namespace nunatak::ui::viewport
