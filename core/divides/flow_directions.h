// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "divides/surface.h"

namespace nunatak::divides {

/// Where a pixel of ice drains: 0 to 7, a neighbour (around, neighbourhood.h), or one of these.
enum Flow : std::uint8_t {
    Leaves = 8,   ///< its steepest way down leads off the ice
    Pit = 9,      ///< nothing around it is lower
    NoFlow = 255, ///< no ice, or no height
};

/// The way of steepest descent of each pixel of ice among its eight neighbours (D8: O'Callaghan & Mark 1984,
/// Computer Vision, Graphics, and Image Processing 28). A flat drains by the shortest way to where it is left
/// (as a queue of pixels in the order of their heights does it, Barnes, Lehman & Mulla 2014), so that two
/// ways out of it share it along the middle; one that nothing leaves, to one pit.
/// Throws Cancelled.
Image<std::uint8_t> flowDirections(const Surface& surface, const Progress& progress = {});

} // namespace nunatak::divides
