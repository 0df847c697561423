// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "geo/polygon.h"

#include <span>
#include <utility>
#include <vector>

// Shapes cut along lines: what lies on both sides of a line has it bit by bit.
namespace nunatak::geo {

/// A line that is open: two vertices or more.
using Line = std::vector<Point>;

/// What lines across a shape cut it into. Every vertex of the shape is one of a face, a place where a line
/// crosses it becomes a vertex of the faces on both sides, and so does one where lines cross. What of a line
/// ends within the shape cuts nothing, as what lies outside. Holes are of the face that they lie in. Outer
/// rings run counter-clockwise, holes clockwise, so that the face is on the left of every edge.
/// The shape is valid. Throws Error where GEOS cannot do it, or the faces would not be the whole shape.
std::vector<Polygon> facesOf(const MultiPolygon& shape, std::span<const Line> lines);

/// The polygons that edges enclose which meet at their ends alone; directed as above. What they enclose of
/// holes is one of them, too.
std::vector<Polygon> polygonsOf(std::span<const std::pair<Point, Point>> edges);

} // namespace nunatak::geo
