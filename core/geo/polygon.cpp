// SPDX-License-Identifier: GPL-3.0-or-later
#include "geo/polygon.h"

#include "base/error.h"
#include "geo/paths.h"
#include "geo/rings.h"

#include <string>

namespace nunatak::geo {

Extent extentOf(const MultiPolygon& shape) {
    Extent extent;
    for (const Polygon& polygon : shape) {
        for (const Point& point : polygon.outer) {
            extent.include(point);
        }
        for (std::size_t i = 0; isPath(polygon) && i < polygon.holes.size(); ++i) {
            for (const Point& point : polygon.holes[i]) {
                extent.include(point);
            }
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
        if (!isInside(polygon.outer, point)) {
            continue;
        }
        bool inHole = false;
        for (const Ring& hole : polygon.holes) {
            inHole = inHole != isInside(hole, point);
        }
        if (!inHole) {
            return true;
        }
    }
    return false;
}

std::size_t vertexCount(const MultiPolygon& shape) {
    std::size_t count = 0;
    forEachRing(shape, [&](const Ring& ring, int, int) { count += ring.size(); });
    return count;
}

} // namespace nunatak::geo
