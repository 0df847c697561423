// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "divides/basins.h"
#include "divides/primitive_basins.h"

#include <vector>

namespace nunatak::divides {

/// Which basin each primitive one drains into, over the lowest saddles.
struct Drained {
    std::vector<std::int32_t> basinOf; ///< of each primitive basin; -1: it drains nowhere (no margin)
    std::vector<Basin> basins;         ///< pixels are not counted yet
};
/// Throws Cancelled.
Drained drainPits(const Surface& surface, const PrimitiveBasins& primitive, const Progress& progress);

} // namespace nunatak::divides
