// SPDX-License-Identifier: GPL-3.0-or-later
#include "geo/plainly_valid.h"

#include "geo/edge_chains.h"
#include "geo/side_of_line.h"

#include <cstddef>
#include <optional>
#include <vector>

namespace nunatak::geo {

namespace {

/// Comparisons for each vertex, on average, after which GEOS is asked instead.
constexpr std::size_t patience = 200;

Extent extentOfRing(const Ring& ring) {
    Extent extent;
    for (const Point& point : ring) {
        extent.include(point);
    }
    return extent;
}

/// Whether a point lies in a ring; none where that cannot be told.
std::optional<bool> isWithin(const Ring& ring, Point point) {
    bool isOdd = false;
    for (std::size_t i = 0, j = ring.size() - 1; i < ring.size(); j = i++) {
        const Point& a = ring[j];
        const Point& b = ring[i];
        if ((a.y > point.y) == (b.y > point.y)) {
            continue;
        }
        const int side = sideOf(a, b, point);
        if (side == 0) {
            return std::nullopt;
        }
        isOdd = isOdd != ((side > 0) == (b.y > a.y)); // the edge lies east of the point
    }
    return isOdd;
}

struct Bounded {
    const Ring* ring = nullptr;
    Extent extent;
};

/// None within another, of rings of which no two touch.
bool lieBeside(const std::vector<Bounded>& rings) {
    if (rings.size() > patience) {
        return false;
    }
    for (std::size_t i = 0; i < rings.size(); ++i) {
        for (std::size_t k = i + 1; k < rings.size(); ++k) {
            if (rings[i].extent.intersects(rings[k].extent) &&
                (isWithin(*rings[i].ring, rings[k].ring->front()).value_or(true) ||
                 isWithin(*rings[k].ring, rings[i].ring->front()).value_or(true))) {
                return false;
            }
        }
    }
    return true;
}

bool areNested(const MultiPolygon& shape, const std::vector<Bounded>& parts) {
    std::vector<Bounded> holes;
    for (const Polygon& part : shape) {
        holes.clear();
        for (const Ring& hole : part.holes) {
            if (holes.size() > patience || !isWithin(part.outer, hole.front()).value_or(false)) {
                return false;
            }
            holes.push_back({&hole, extentOfRing(hole)});
        }
        if (!lieBeside(holes)) {
            return false;
        }
    }
    return lieBeside(parts);
}

} // namespace

bool isPlainlyValid(const MultiPolygon& shape) {
    std::vector<Bounded> parts;
    Extent extent;
    for (const Polygon& part : shape) {
        parts.push_back({&part.outer, extentOfRing(part.outer)});
        extent.include(parts.back().extent);
        for (const Ring& hole : part.holes) {
            extent.include(extentOfRing(hole)); // which may reach beyond
        }
    }
    return !shape.empty() && areEdgesApart(shape, extent, patience) && areNested(shape, parts);
}

} // namespace nunatak::geo
