// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ice_labels.h"

namespace nunatak::comparison {

/// Distances between the boundaries of a glacier in two label images, in pixels; NaN where they cannot be
/// told.
struct BoundaryDistance {
    double mean = 0; ///< mean of the means of both directions
    double max = 0;  ///< larger of the two directions' largest
};

/// @param box holds the glacier in both images.
BoundaryDistance boundaryDistance(const Image<std::int32_t>& a, const Image<std::int32_t>& b,
                                  std::int32_t glacier, const PixelBox& box);

} // namespace nunatak::comparison
