// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "geo/polygon.h"

#include <cstddef>

namespace nunatak::outlines {

/// What one walk along all vertices of a shape finds out. An outline of 100,000 is measured anew at each move
/// of a pointer: a walk for each of these took four times as long as the copy of the outline.
struct ShapeWalk {
    geo::Extent extent; ///< geo::extentOf()
    std::size_t vertices = 0;
    double area = 0;     ///< geo::planarArea(), rounding aside
    bool isSound = true; ///< each ring has at least three vertices, and all coordinates are numbers
};
ShapeWalk walkAlong(const geo::MultiPolygon& shape);

} // namespace nunatak::outlines
