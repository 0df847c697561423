// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/image.h"
#include "geo/grid.h"

#include <cstdint>
#include <vector>

namespace nunatak::scene::simulation {

/// The polygon of each number 1..count along pixel edges, holes kept; each number must be one 4-connected
/// part. Touching ones share the very same vertices.
std::vector<geo::Polygon> outlineParts(const Image<std::int32_t>& numbers, int count, const geo::Grid& grid);

} // namespace nunatak::scene::simulation
