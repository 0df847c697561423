// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "geo/polygon.h"

#include <span>

namespace nunatak::editing {

/// What is kept of a line that a hand drew freely over a picture with pixels of this size (units of the
/// coordinates): what its tremble below a pixel adds is smoothed away, and no more vertices stay than a line
/// within half a pixel of that needs. Both ends stay. Loops shorter than four pixels are slips of the hand
/// and cut off.
/// Method: Gaussian smoothing along the line's length (Lowe 1989, International Journal of Computer Vision 3,
/// 119-130), then Douglas and Peucker (1973, Cartographica 10, 112-122).
geo::Ring thinnedStroke(std::span<const geo::Point> drawn, double pixel);

/// Where the line comes back to itself within `longest`, it goes on at once. Both ends stay.
geo::Ring withoutSlips(const geo::Ring& line, double longest);

} // namespace nunatak::editing
