// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "geo/polygon.h"

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

namespace nunatak::outlines {

/// What one walk along all vertices of a shape finds out. An outline of 100,000 is measured anew at each move
/// of a pointer: a walk for each of these took four times as long as the copy of the outline.
struct ShapeWalk {
    geo::Extent extent; ///< geo::extentOf()
    std::size_t vertices = 0;
    double area = 0;               ///< geo::planarArea(), rounding aside
    bool isSound = true;           ///< each ring has at least three vertices, and all coordinates are numbers
    std::vector<double> ringAreas; ///< signed, in the order of geo::forEachRing()
};
ShapeWalk walkAlong(const geo::MultiPolygon& shape);

/// A stretch of a ring as it was and as it is, with the vertex before it and the one behind, which stay.
struct ChangedRun {
    int part = 0;
    int ring = 0; ///< as in geo::VertexId
    geo::Ring was;
    geo::Ring now;
};
/// What a walk along `shape` would find out, from what one found before these runs of it changed: the same
/// but for the rounding of the area (a few 1e-16 of it for each run). None where only a walk can tell: what
/// went lay on the extent, or something is not sound.
std::optional<ShapeWalk> walkAfter(const ShapeWalk& before, const geo::MultiPolygon& shape,
                                   std::span<const ChangedRun> runs);

} // namespace nunatak::outlines
