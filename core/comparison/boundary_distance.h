// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ice_runs.h"

namespace nunatak::comparison {

/// Distances between the boundaries of a glacier, the expert's and those of the ice that counts for it, in
/// pixels; NaN where they cannot be told.
struct BoundaryDistance {
    double mean = 0; ///< mean of the means of both directions
    double max = 0;  ///< larger of the two directions' largest
};

/// @param box holds the glacier in both.
BoundaryDistance boundaryDistance(const IceRuns& ice, std::int32_t glacier, const PixelBox& box);

} // namespace nunatak::comparison
