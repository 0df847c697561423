// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/image.h"
#include "geo/faces.h"
#include "geo/grid.h"

#include <cstdint>
#include <functional>
#include <vector>

namespace nunatak::divides {

/// Spreads numbers of 0 or more over pixels that have none (-1), the nearest first: over all that `isWanted`,
/// which may be far, and `reach` pixels around what is numbered then.
void spread(Image<std::int32_t>& owners, const std::function<bool(std::size_t)>& isWanted, int reach);

/// The lines between pixels of different owners (0 or more; where one has none there is no line), in the
/// coordinates of the grid: from junction to junction or around, smooth within half a pixel
/// (prediction/smoothed_arc.h), so that they meet at junctions alone.
std::vector<geo::Line> linesBetween(const Image<std::int32_t>& owners, const geo::Grid& grid);

} // namespace nunatak::divides
