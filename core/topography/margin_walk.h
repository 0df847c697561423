// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/image.h"
#include "geo/grid.h"

#include <cstdint>
#include <vector>

// The outline of a glacier as pixels in a row, and where on it its centre lines begin.
namespace nunatak::topography {

struct Pixel {
    int row = 0;
    int column = 0;
    bool operator==(const Pixel&) const = default;

    /// Numbered 0 to 7; the opposite one is 7 minus the number.
    Pixel neighbour(int step) const;
    static int opposite(int step) { return 7 - step; }
    static double lengthOf(int step); ///< 1, or √2 across a corner
};

/// Pixels in which points of a ring lie that follow each other at a pixel's distance, without repetitions one
/// after the other. All must lie in the grid.
std::vector<Pixel> marginPixels(const geo::Ring& ring, const geo::Grid& grid);
std::vector<double> heightsAlong(const std::vector<Pixel>& margin, const Image<float>& heights);

/// Where centre lines begin (see mainCentreLine()): at least one, the highest place of the outline.
/// @param along the heights of the pixels of the margin; @param area m²
std::vector<Pixel> headsOf(const std::vector<Pixel>& margin, const std::vector<double>& along,
                           const Image<float>& heights, const Image<std::uint8_t>& ground, double pixelSize,
                           double area);

} // namespace nunatak::topography
