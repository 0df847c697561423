// SPDX-License-Identifier: GPL-3.0-or-later
#include "geo/antimeridian.h"

#include "base/error.h"
#include "geo/rings.h"
#include "geo/shape_operations.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>
#include <utility>
#include <vector>

namespace nunatak::geo {

namespace {

constexpr double turn = 360;
constexpr double half = turn / 2;
constexpr double atTheCut = 1e-6;  ///< degrees: a decimetre
constexpr double onTheLine = 1e-8; ///< degrees: a millimetre, more than the digits that files keep

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

/// All of it is less than half a turn wide as it is, so that nothing has to be unwrapped.
bool isNarrow(const MultiPolygon& shape) {
    double west = std::numeric_limits<double>::infinity();
    double east = -west;
    nunatak::geo::forEachRing(shape, [&](const Ring& ring, int, int) {
        for (const Point& point : ring) {
            west = std::min(west, point.x);
            east = std::max(east, point.x);
        }
    });
    return east - west < half;
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

template <typename Change> void forEachRing(MultiPolygon& shape, Change&& change) {
    for (Polygon& part : shape) {
        change(part.outer);
        for (Ring& hole : part.holes) {
            change(hole);
        }
    }
}

/// The vertices that the cut put into an edge.
void removeSeam(Ring& ring) {
    Ring kept;
    for (std::size_t i = 0; i < ring.size(); ++i) {
        const Point& here = ring[i];
        const Point& before = ring[(i + ring.size() - 1) % ring.size()];
        const Point& next = ring[(i + 1) % ring.size()];
        const double length = std::hypot(next.x - before.x, next.y - before.y);
        const double off =
            std::abs((next.x - before.x) * (here.y - before.y) - (next.y - before.y) * (here.x - before.x));
        const bool isSeam = here.x == half && before.x != half && next.x != half && length > 0 &&
                            off / length < onTheLine && (before.x < half) != (next.x < half);
        if (!isSeam) {
            kept.push_back(here);
        }
    }
    if (kept.size() >= 3) {
        ring = std::move(kept);
    }
}

} // namespace

MultiPolygon unwrapped(const MultiPolygon& shape) {
    MultiPolygon result = shape;
    if (isNarrow(result)) {
        return result;
    }
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

void unwrap(MultiPolygon& shape) {
    if (!isNarrow(shape)) {
        shape = unwrapped(shape);
    }
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

bool touchesAntimeridian(const MultiPolygon& shape) {
    const auto touches = [](const Ring& ring) {
        return std::any_of(ring.begin(), ring.end(),
                           [](const Point& point) { return std::abs(std::abs(point.x) - half) < atTheCut; });
    };
    return std::any_of(shape.begin(), shape.end(), [&](const Polygon& part) { return touches(part.outer); });
}

MultiPolygon joinedAtAntimeridian(const MultiPolygon& shape) {
    if (extentOf(shape).width() <= half) {
        return shape;
    }
    MultiPolygon joined;
    try {
        joined = unwrapped(shape);
    } catch (const Error&) {
        return shape; // around a pole nothing was cut
    }
    if (extentOf(joined).center().x < 0) {
        shift(joined, turn);
    }
    forEachRing(joined, [](Ring& ring) {
        for (Point& point : ring) {
            point.x = std::abs(point.x - half) < atTheCut ? half : point.x;
        }
    });
    if (joined.size() > 1 && touchesAntimeridian(joined)) {
        std::vector<MultiPolygon> parts;
        for (Polygon& part : joined) {
            parts.push_back({std::move(part)});
        }
        joined = unionOf(parts);
        forEachRing(joined, removeSeam);
    }
    return joined;
}

} // namespace nunatak::geo
