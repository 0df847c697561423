// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "divides/neighbourhood.h"
#include "divides/surface.h"

#include <vector>

namespace nunatak::divides {

/// Basins before pits drain: of each place where the ice is left, and of each pit.
struct PrimitiveBasins {
    Image<std::int32_t> labels; ///< index + 1; 0: no ice
    std::vector<Pixel> sinks;   ///< where each ends
    std::vector<bool> isOutlet; ///< of each: the ice is left there; else it is a pit
};

/// Follows the directions down from each pixel; then what the outline only touches goes to the nearest ice
/// along touched pixels. Throws Cancelled.
PrimitiveBasins primitiveBasins(const Surface& surface, const Image<std::uint8_t>& flow,
                                const Progress& progress);

} // namespace nunatak::divides
