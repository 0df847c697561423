// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/terrain/downhill.h"

#include <cmath>
#include <numbers>
#include <vector>

namespace nunatak::ui::terrain {

namespace {

constexpr int steps = 24; // along each side of the outline's extent
constexpr std::size_t fewest = 12;
constexpr double flattest = 0.0087; // half a degree

std::vector<geo::Point> placesIn(const geo::MultiPolygon& outline) {
    const auto extent = geo::extentOf(outline);
    std::vector<geo::Point> places;
    for (int row = 0; row < steps && !extent.empty(); ++row) {
        for (int column = 0; column < steps; ++column) {
            const geo::Point place{extent.xmin + (column + 0.5) / steps * extent.width(),
                                   extent.ymin + (row + 0.5) / steps * extent.height()};
            if (geo::contains(outline, place)) {
                places.push_back(place);
            }
        }
    }
    if (places.size() < fewest) { // a thin one: its line tells more
        for (const auto& part : outline) {
            places.insert(places.end(), part.outer.begin(), part.outer.end());
        }
    }
    return places;
}

} // namespace

std::optional<double> downhillDirection(const HeightMesh& ground, const geo::MultiPolygon& outline) {
    const auto places = placesIn(outline);
    if (places.size() < 3) {
        return std::nullopt;
    }
    const auto count = static_cast<double>(places.size());
    const auto base = places.front(); // coordinates are large
    std::vector<double> heights;
    double x = 0;
    double y = 0;
    double z = 0;
    for (const auto& place : places) {
        heights.push_back(ground.heightAt(place));
        x += (place.x - base.x) / count;
        y += (place.y - base.y) / count;
        z += heights.back() / count;
    }
    // Least squares of z = a x + b y, all from their means.
    double xx = 0;
    double xy = 0;
    double yy = 0;
    double xz = 0;
    double yz = 0;
    for (std::size_t i = 0; i < places.size(); ++i) {
        const double dx = places[i].x - base.x - x;
        const double dy = places[i].y - base.y - y;
        const double dz = heights[i] - z;
        xx += dx * dx;
        xy += dx * dy;
        yy += dy * dy;
        xz += dx * dz;
        yz += dy * dz;
    }
    if (xx + yy <= 0) {
        return std::nullopt;
    }
    // Across one that is as thin as a line nothing is known, and nothing made up.
    const double steadier = 1e-6 * (xx + yy);
    xx += steadier;
    yy += steadier;
    const double determinant = xx * yy - xy * xy;
    const double east = (yy * xz - xy * yz) / determinant;
    const double north = (xx * yz - xy * xz) / determinant;
    if (std::hypot(east, north) < flattest) {
        return std::nullopt;
    }
    const double degrees = std::atan2(-east, -north) * 180 / std::numbers::pi;
    return degrees < 0 ? degrees + 360 : degrees;
}

} // namespace nunatak::ui::terrain
