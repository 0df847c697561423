// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/image.h"
#include "geo/grid.h"

#include <vector>

namespace nunatak::prediction {

/// Which share of each pixel lies in any of the shapes, 0 to 1: exact, by the signed areas that their edges
/// cut off. Shapes are valid and do not overlap; where they do, they count twice, up to 1. In the grid's
/// system; what reaches beyond it is cut off.
Image<float> coverage(const std::vector<geo::MultiPolygon>& shapes, const geo::Grid& grid);

} // namespace nunatak::prediction
