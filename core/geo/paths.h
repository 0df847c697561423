// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "geo/edge_index.h"
#include "geo/polygon.h"

#include <cstdint>
#include <span>
#include <vector>

// Lines and points in a MultiPolygon, so that whatever keeps, draws and takes back shapes does so with them,
// too: a part without an outer ring encloses nothing, and each of its inner rings is a line with two ends, or
// a point where it has one vertex. Nothing lies within such a part, and it has no area.
namespace nunatak::geo {

class Crs;

enum class ShapeKind { Area, Polyline, Point };

/// Lines or points instead of an area.
bool isPath(const Polygon& part);
/// True where a shape is made of lines or points alone.
bool isPath(const MultiPolygon& shape);
/// Of a shape without a part: Area.
ShapeKind kindOf(const MultiPolygon& shape);

MultiPolygon lineShape(Ring line);
MultiPolygon pointShape(Point point);
/// Of a path its lines, else none.
std::vector<Ring> linesOf(const MultiPolygon& shape);

/// False for the way from the end of a line back to its beginning, which an EdgeIndex has and a line has not.
bool isEdge(const MultiPolygon& shape, const Edge& edge);

/// True where each line has two different vertices, each point one, none is followed by itself, and all are
/// numbers.
bool isSoundPath(const MultiPolygon& shape);

/// On the ellipsoid of the system, which is projected; metres. 0 for what is no line.
double geodesicLength(const MultiPolygon& shape, const Crs& crs);

/// As fromWkb() (shape_operations.h), and points, lines and several of them. Throws Error.
MultiPolygon shapeFromWkb(std::span<const std::uint8_t> wkb);

} // namespace nunatak::geo
