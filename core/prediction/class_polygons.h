// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "class_boundaries.h"

#include <functional>
#include <vector>

namespace nunatak::prediction {

/// The regions of the outlined classes, pixels that hang together by their edges, as one polygon each, from
/// north to south by their northernmost pixel. `line` gives an arc its vertices (both ends too, unless it is
/// closed), in pixels from the raster's outer corner; it is asked once for each arc, so that what regions
/// share is the same in both, number by number. Rings are simple wherever the lines are, and meet only at
/// single corners; outer ones turn to the left on a map, holes to the right.
std::vector<geo::Polygon>
classPolygons(const Image<std::uint8_t>& classes, bool joinsAtCorners,
              const std::function<std::vector<geo::Point>(const BoundaryArc&)>& line);

} // namespace nunatak::prediction
