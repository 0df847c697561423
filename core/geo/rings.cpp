// SPDX-License-Identifier: GPL-3.0-or-later
#include "geo/rings.h"

#include <algorithm>
#include <cmath>

namespace nunatak::geo {

const Point* vertexAt(const MultiPolygon& shape, const VertexId& vertex) {
    if (vertex.part < 0 || static_cast<std::size_t>(vertex.part) >= shape.size()) {
        return nullptr;
    }
    const Polygon& polygon = shape[static_cast<std::size_t>(vertex.part)];
    if (vertex.ring < 0 || static_cast<std::size_t>(vertex.ring) > polygon.holes.size()) {
        return nullptr;
    }
    const Ring& ring = ringOf(shape, vertex.part, vertex.ring);
    if (vertex.index < 0 || static_cast<std::size_t>(vertex.index) >= ring.size()) {
        return nullptr;
    }
    return &ring[static_cast<std::size_t>(vertex.index)];
}

bool isFinite(Point point) {
    return std::isfinite(point.x) && std::isfinite(point.y);
}

bool isFinite(const Ring& ring) {
    // What is no number, or infinite, less itself is no number; one comparison for all.
    double x = 0;
    double y = 0;
    for (const Point& point : ring) {
        x += point.x - point.x;
        y += point.y - point.y;
    }
    return x == 0 && y == 0;
}

double signedArea(const Ring& ring) {
    if (ring.size() < 3) {
        return 0;
    }
    // Relative to the first vertex: coordinates in the millions would eat the digits of a small glacier.
    const Point origin = ring.front();
    double twice = 0;
    for (std::size_t i = 1; i + 1 < ring.size(); ++i) {
        twice += (ring[i].x - origin.x) * (ring[i + 1].y - origin.y) -
                 (ring[i + 1].x - origin.x) * (ring[i].y - origin.y);
    }
    return twice / 2;
}

bool isInside(const Ring& ring, Point point) {
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

} // namespace nunatak::geo
