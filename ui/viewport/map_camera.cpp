// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/viewport/map_camera.h"

#include "ui/viewport/camera_fit.h"

#include <QStringList>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>

namespace nunatak::ui::viewport {

namespace {

constexpr double degree = std::numbers::pi / 180;
constexpr double widestOpening = 38 * degree;
/// Below this opening the eye would be so far away that single precision shakes; the picture differs from a
/// parallel one by less than a pixel.
constexpr double narrowestOpening = 0.5 * degree;
/// At this tilt the perspective is fully open.
constexpr double fullyOpenTilt = 35;

double smoothStep(double x) {
    x = std::clamp(x, 0.0, 1.0);
    return x * x * (3 - 2 * x);
}

double normalisedHeading(double heading) {
    heading = std::fmod(heading, 360.0);
    return heading < 0 ? heading + 360 : heading;
}

} // namespace

double MapCamera::openingAngle() const {
    const double opening = widestOpening * smoothStep(tilt / fullyOpenTilt);
    return opening < narrowestOpening ? 0 : opening;
}

bool MapCamera::isParallel() const {
    return openingAngle() == 0;
}

Vec3 MapCamera::forward() const {
    const double h = heading * degree;
    const double t = tilt * degree;
    return {std::sin(h) * std::sin(t), std::cos(h) * std::sin(t), -std::cos(t)};
}

Vec3 MapCamera::right() const {
    const double h = heading * degree;
    return {std::cos(h), -std::sin(h), 0};
}

Vec3 MapCamera::up() const {
    const double h = heading * degree;
    const double t = tilt * degree;
    return {std::sin(h) * std::cos(t), std::cos(h) * std::cos(t), std::sin(t)};
}

double MapCamera::distance() const {
    const double opening = openingAngle();
    return opening > 0 ? viewHeight / (2 * std::tan(opening / 2)) : viewHeight;
}

Vec3 MapCamera::eye() const {
    return target - forward() * distance();
}

Ray MapCamera::rayThrough(QPointF position, QSizeF size) const {
    const double scale = viewHeight / size.height();
    const Vec3 inPlane = target + right() * ((position.x() - size.width() / 2) * scale) +
                         up() * ((size.height() / 2 - position.y()) * scale);
    if (isParallel()) {
        // From far above: a parallel view has no eye that something could be behind of.
        const double away = 20'000 + 2 * viewHeight;
        return {inPlane - forward() * away, forward()};
    }
    const auto origin = eye();
    const auto direction = inPlane - origin;
    return {origin, direction * (1 / length(direction))};
}

std::optional<QPointF> MapCamera::project(const Vec3& point, QSizeF size) const {
    double pixelsPerMetre = size.height() / viewHeight;
    auto offset = point - target;
    if (!isParallel()) {
        const double depth = dot(point - eye(), forward());
        if (depth <= distance() * 1e-6) {
            return std::nullopt;
        }
        pixelsPerMetre *= distance() / depth;
    }
    return QPointF(size.width() / 2 + dot(offset, right()) * pixelsPerMetre,
                   size.height() / 2 - dot(offset, up()) * pixelsPerMetre);
}

double MapCamera::metresPerPixel(const Vec3& point, QSizeF size) const {
    const double atTarget = viewHeight / size.height();
    if (isParallel()) {
        return atTarget;
    }
    const double depth = dot(point - eye(), forward());
    return atTarget * std::max(depth / distance(), 1e-6);
}

void MapCamera::turnAround(const Vec3& point, double newHeading, double newTilt, QSizeF size) {
    focusAt(point);
    // Place of the point in the view, in metres of the plane through it.
    const auto place = project(point, size);
    if (!place) {
        return;
    }
    const double scale = viewHeight / size.height();
    const double across = (place->x() - size.width() / 2) * scale;
    const double upwards = (size.height() / 2 - place->y()) * scale;
    heading = normalisedHeading(newHeading);
    tilt = std::clamp(newTilt, 0.0, steepestTilt);
    target = point - right() * across - up() * upwards;
}

void MapCamera::zoomTowards(const Vec3& point, double factor) {
    target = point + (target - point) * factor;
    viewHeight *= factor;
}

void MapCamera::focusAt(const Vec3& point) {
    if (isParallel()) {
        target = target + forward() * dot(point - target, forward());
        return;
    }
    const auto from = eye();
    const double depth = dot(point - from, forward());
    if (depth <= 0) {
        return;
    }
    viewHeight *= depth / distance();
    target = from + forward() * depth;
}

void MapCamera::fit(std::span<const Vec3> points, QSizeF size, double margin) {
    *this = fitted(*this, points, size, {margin, margin, margin, margin});
}

void MapCamera::scaleHeights(double factor) {
    target.z *= factor;
}

QString MapCamera::toText() const {
    QStringList parts{QStringLiteral("camera"), QStringLiteral("1")};
    for (const double value : {target.x, target.y, target.z, viewHeight, heading, tilt}) {
        parts << QString::number(value, 'g', 17);
    }
    return parts.join(QLatin1Char(' '));
}

std::optional<MapCamera> MapCamera::fromText(const QString& text) {
    const auto parts = text.split(QLatin1Char(' '));
    if (parts.size() != 8 || parts[0] != QLatin1String("camera") || parts[1] != QLatin1String("1")) {
        return std::nullopt;
    }
    double values[6];
    for (int i = 0; i < 6; ++i) {
        bool understood = false;
        values[i] = parts[i + 2].toDouble(&understood);
        if (!understood || !std::isfinite(values[i])) {
            return std::nullopt;
        }
    }
    MapCamera camera;
    camera.target = {values[0], values[1], values[2]};
    camera.viewHeight = values[3];
    camera.heading = values[4];
    camera.tilt = values[5];
    if (camera.viewHeight <= 0 || camera.tilt < 0 || camera.tilt > steepestTilt) {
        return std::nullopt;
    }
    return camera;
}

} // namespace nunatak::ui::viewport
