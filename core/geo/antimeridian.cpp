// SPDX-License-Identifier: GPL-3.0-or-later
#include "geo/antimeridian.h"

#include "base/error.h"
#include "geo/shape_operations.h"

#include <cmath>
#include <optional>

namespace nunatak::geo {

namespace {

constexpr double turn = 360;

/// The longitude that is at most half a turn from another one.
double near(double longitude, double other) {
    return longitude - turn * std::round((longitude - other) / turn);
}

/// Shifts `ring` so that its first point is near `start`, and the others near their neighbours.
void unwrap(Ring& ring, double start) {
    double last = start;
    for (Point& point : ring) {
        last = point.x = near(point.x, last);
    }
    if (!ring.empty() && std::abs(ring.back().x - ring.front().x) > turn / 2) {
        throw Error("An outline goes around a pole and cannot be drawn in longitude and latitude: choose a "
                    "format that keeps the project's coordinate system (.gpkg or .shp).");
    }
}

void shift(MultiPolygon& shape, double degrees) {
    for (Polygon& polygon : shape) {
        for (Point& point : polygon.outer) {
            point.x += degrees;
        }
        for (Ring& hole : polygon.holes) {
            for (Point& point : hole) {
                point.x += degrees;
            }
        }
    }
}

} // namespace

MultiPolygon unwrapped(const MultiPolygon& shape) {
    MultiPolygon result = shape;
    std::optional<double> start;
    for (Polygon& polygon : result) {
        if (polygon.outer.empty()) {
            continue;
        }
        start = start.value_or(polygon.outer.front().x);
        unwrap(polygon.outer, *start);
        for (Ring& hole : polygon.holes) {
            unwrap(hole, polygon.outer.front().x);
        }
    }
    return result;
}

MultiPolygon cutAtAntimeridian(const MultiPolygon& shape) {
    MultiPolygon whole = unwrapped(shape);
    const Extent extent = extentOf(whole);
    if (extent.empty() || (extent.xmin >= -turn / 2 && extent.xmax <= turn / 2)) {
        return whole;
    }
    MultiPolygon pieces;
    const int first = static_cast<int>(std::floor((extent.xmin + turn / 2) / turn));
    const int last = static_cast<int>(std::ceil((extent.xmax - turn / 2) / turn));
    for (int world = first; world <= last; ++world) {
        const double west = world * turn - turn / 2;
        const MultiPolygon belt{{{{west, -90}, {west + turn, -90}, {west + turn, 90}, {west, 90}}, {}}};
        MultiPolygon piece = intersection(whole, belt);
        shift(piece, -world * turn);
        pieces.insert(pieces.end(), piece.begin(), piece.end());
    }
    return pieces;
}

} // namespace nunatak::geo
