// SPDX-License-Identifier: GPL-3.0-or-later
#include "geo/polygon.h"

#include "base/error.h"

#include <string>

namespace nunatak::geo {

namespace {

/// Even-odd: how often a ray to the east crosses the ring, odd or not.
bool crossesOddly(const Ring& ring, Point point) {
    bool odd = false;
    for (std::size_t i = 0, j = ring.size() - 1; i < ring.size(); j = i++) {
        const Point a = ring[i];
        const Point b = ring[j];
        if ((a.y > point.y) != (b.y > point.y) &&
            point.x < (b.x - a.x) * (point.y - a.y) / (b.y - a.y) + a.x) {
            odd = !odd;
        }
    }
    return odd;
}

} // namespace

Extent extentOf(const MultiPolygon& shape) {
    Extent extent;
    for (const Polygon& polygon : shape) {
        for (const Point& point : polygon.outer) {
            extent.include(point);
        }
    }
    return extent;
}

const Ring& ringOf(const MultiPolygon& shape, int part, int ring) {
    if (part < 0 || static_cast<std::size_t>(part) >= shape.size()) {
        throw Error("The outline has no part " + std::to_string(part + 1) + "; it has " +
                    std::to_string(shape.size()) + ".");
    }
    const Polygon& polygon = shape[static_cast<std::size_t>(part)];
    if (ring == 0) {
        return polygon.outer;
    }
    if (ring < 0 || static_cast<std::size_t>(ring) > polygon.holes.size()) {
        throw Error("Part " + std::to_string(part + 1) + " of the outline has no hole " +
                    std::to_string(ring) + "; it has " + std::to_string(polygon.holes.size()) + ".");
    }
    return polygon.holes[static_cast<std::size_t>(ring) - 1];
}

Ring& ringOf(MultiPolygon& shape, int part, int ring) {
    return const_cast<Ring&>(ringOf(static_cast<const MultiPolygon&>(shape), part, ring));
}

bool contains(const MultiPolygon& shape, Point point) {
    for (const Polygon& polygon : shape) {
        if (!crossesOddly(polygon.outer, point)) {
            continue;
        }
        bool inHole = false;
        for (const Ring& hole : polygon.holes) {
            inHole = inHole != crossesOddly(hole, point);
        }
        if (!inHole) {
            return true;
        }
    }
    return false;
}

std::size_t vertexCount(const MultiPolygon& shape) {
    std::size_t count = 0;
    for (const Polygon& polygon : shape) {
        count += polygon.outer.size();
        for (const Ring& hole : polygon.holes) {
            count += hole.size();
        }
    }
    return count;
}

} // namespace nunatak::geo
