// SPDX-License-Identifier: GPL-3.0-or-later
#include "geo/paths.h"

#include "geo/rings.h"

#include <algorithm>
#include <utility>

namespace nunatak::geo {

bool isPath(const Polygon& part) {
    return part.outer.empty() && !part.holes.empty();
}

bool isPath(const MultiPolygon& shape) {
    return !shape.empty() &&
           std::all_of(shape.begin(), shape.end(), [](const Polygon& part) { return isPath(part); });
}

ShapeKind kindOf(const MultiPolygon& shape) {
    if (!isPath(shape)) {
        return ShapeKind::Area;
    }
    return std::all_of(shape.begin(), shape.end(),
                       [](const Polygon& part) {
                           return std::all_of(part.holes.begin(), part.holes.end(),
                                              [](const Ring& path) { return path.size() == 1; });
                       })
               ? ShapeKind::Point
               : ShapeKind::Polyline;
}

MultiPolygon lineShape(Ring line) {
    MultiPolygon shape(1);
    shape.front().holes.push_back(std::move(line));
    return shape;
}

MultiPolygon pointShape(Point point) {
    return lineShape({point});
}

std::vector<Ring> linesOf(const MultiPolygon& shape) {
    std::vector<Ring> lines;
    for (const Polygon& part : shape) {
        if (isPath(part)) {
            lines.insert(lines.end(), part.holes.begin(), part.holes.end());
        }
    }
    return lines;
}

bool isEdge(const MultiPolygon& shape, const Edge& edge) {
    const auto part = static_cast<std::size_t>(edge.from.part);
    if (part >= shape.size() || !isPath(shape[part])) {
        return true;
    }
    const Ring& line = ringOf(shape, edge.from.part, edge.from.ring);
    return line.size() == 1 || static_cast<std::size_t>(edge.from.index) + 1 < line.size();
}

bool isSoundPath(const MultiPolygon& shape) {
    const bool isPoint = kindOf(shape) == ShapeKind::Point;
    return isPath(shape) && std::all_of(shape.begin(), shape.end(), [&](const Polygon& part) {
               return std::all_of(part.holes.begin(), part.holes.end(), [&](const Ring& path) {
                   return path.size() >= (isPoint ? 1U : 2U) && isFinite(path) &&
                          std::adjacent_find(path.begin(), path.end()) == path.end();
               });
           });
}

} // namespace nunatak::geo
