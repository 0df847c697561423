// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "geo/polygon.h"

#include <span>

// Other shapes of one line: what drawing freely, simplifying and smoothing have in common.
namespace nunatak::editing {

/// Places along the line at equal distances, `spacing` or a little less apart, from its first to its last.
geo::Ring resampled(std::span<const geo::Point> line, double spacing);

/// Gaussian smoothing along places at equal distances (Lowe 1989, International Journal of Computer Vision 3,
/// 119-130); `deviation` in such distances, cut off at three of it. The ends stay, and near them it reaches
/// as far to one side as to the other; of a closed line, whose first place is not repeated, none is an end.
geo::Ring gaussianSmoothed(const geo::Ring& places, double deviation, bool isClosed = false);

/// The fewest of the line's vertices that it stays within `most` of (Douglas and Peucker 1973, Cartographica
/// 10, 112-122); both ends stay.
geo::Ring douglasPeucker(const geo::Ring& line, double most);

} // namespace nunatak::editing
