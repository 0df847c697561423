// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "geo/polygon.h"

#include <cstddef>

namespace nunatak::geo {

/// True where all edges of a shape touch their neighbours at the common vertex and nothing else, for sure.
/// False where two touch otherwise, a vertex is the next one again, a coordinate is no number, that cannot be
/// told by doubles, or more than `patience` comparisons for each vertex would be needed.
/// @param extent of all rings
bool areEdgesApart(const MultiPolygon& shape, const Extent& extent, std::size_t patience);

} // namespace nunatak::geo
