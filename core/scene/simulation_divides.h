// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "scene/simulation_drainage.h"

#include <cstdint>

namespace nunatak::scene::simulation {

/// Parts ice into glaciers where the water below its tongues parts (after Kienholz et al. 2013): ice belongs
/// together when it drains to the same stream within `reach` pixels of leaving it. Basins under `smallest`
/// pixels join the neighbour that they share most of their border with. 0 is no ice, numbers have gaps.
Image<std::int32_t> glacierBasins(const Image<std::uint8_t>& ice, const Drainage& drainage, int reach,
                                  int smallest);

} // namespace nunatak::scene::simulation
