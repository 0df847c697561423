// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "geo/grid.h"
#include "geo/polygon.h"

#include <cstdint>
#include <vector>

namespace nunatak::scribble {

/// A line along which somebody says what there is.
struct Stroke {
    geo::Ring line; ///< from start to end, not closed
    bool isIce = true;
    bool operator==(const Stroke&) const = default;
};

/// The pixels of a grid that a stroke runs through, each once, in its order; the line is in the grid's
/// system. What lies beside the grid is left out.
std::vector<std::uint32_t> pixelsUnder(const geo::Ring& line, const geo::Grid& grid);

/// The strokes in the grid's system as pixels.
struct StrokePixels {
    std::vector<std::uint32_t> pixels; ///< row · columns + column
    bool isIce = true;
};

} // namespace nunatak::scribble
