// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "geo/polygon.h"

#include <cstddef>

// Walks over the rings and vertices of a shape, so that nobody counts holes by hand.
namespace nunatak::geo {

/// Calls visit(ring, part, number) for every ring as VertexId numbers them: of each part the outer one (0),
/// then its holes (1 …). The rings of a shape that is not const may be changed.
template <typename Shape, typename Visit> void forEachRing(Shape& shape, Visit&& visit) {
    for (std::size_t part = 0; part < shape.size(); ++part) {
        visit(shape[part].outer, static_cast<int>(part), 0);
        for (std::size_t hole = 0; hole < shape[part].holes.size(); ++hole) {
            visit(shape[part].holes[hole], static_cast<int>(part), static_cast<int>(hole) + 1);
        }
    }
}

/// Calls visit(vertex, point) for every vertex in the same order.
template <typename Visit> void forEachVertex(const MultiPolygon& shape, Visit&& visit) {
    forEachRing(shape, [&](const Ring& ring, int part, int number) {
        for (std::size_t i = 0; i < ring.size(); ++i) {
            visit(VertexId{part, number, static_cast<int>(i)}, ring[i]);
        }
    });
}

/// True when `holds(ring)` is true of every ring; asks no further once it is not.
template <typename Holds> bool allRings(const MultiPolygon& shape, Holds&& holds) {
    for (const Polygon& polygon : shape) {
        if (!holds(polygon.outer)) {
            return false;
        }
        for (const Ring& hole : polygon.holes) {
            if (!holds(hole)) {
                return false;
            }
        }
    }
    return true;
}

/// The same shape with each ring replaced by `changed(ring)`.
template <typename Changed> MultiPolygon withRings(const MultiPolygon& shape, Changed&& changed) {
    MultiPolygon result;
    result.reserve(shape.size());
    for (const Polygon& polygon : shape) {
        Polygon part{changed(polygon.outer), {}};
        part.holes.reserve(polygon.holes.size());
        for (const Ring& hole : polygon.holes) {
            part.holes.push_back(changed(hole));
        }
        result.push_back(std::move(part));
    }
    return result;
}

/// Null where the shape has no such vertex.
const Point* vertexAt(const MultiPolygon& shape, const VertexId& vertex);
/// All coordinates are numbers.
bool isFinite(Point point);
bool isFinite(const Ring& ring);
/// Area in squared units of the coordinates, positive where the ring runs counter-clockwise; 0 for fewer than
/// three vertices.
double signedArea(const Ring& ring);
/// How many times a ray from the point to the east crosses the ring, odd or not: inside, where it does not
/// cross itself.
bool isInside(const Ring& ring, Point point);

} // namespace nunatak::geo
