// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/image.h"
#include "base/progress.h"
#include "geo/grid.h"

#include <cstdint>
#include <optional>
#include <vector>

namespace nunatak::topography {

/// From a glacier's head down to its terminus.
struct CentreLine {
    geo::Ring line;    ///< middles of pixels, in the grid's system
    double length = 0; ///< m, from middle to middle
};

/// The main centre line, after Kienholz et al. (2014, The Cryosphere 8, 503-519) as OGGM 1.6 has it (Maussion
/// et al. 2019), whose lines are RGI 7's: heads are the local maxima of the smoothed heights along the outer
/// outline within 500 m that lie above the lowest third of the glacier, of those within a radius of
/// 2·10⁻⁶ A + 500 m (at most 1,000 m) of each other along the outline the highest; the terminus is the lowest
/// place of the outline; between them runs the way of the least cost, which is high near the margin and high
/// up (equation 2: f1 1,000, f2 3,000, a 4.25, b 3.7); of these ways the longest is the main one. None where
/// the glacier is too small for it: fewer than four pixels along its outline.
/// @param heights m, without voids; @param ice 1 where a pixel's middle lies in the glacier. Both of `grid`,
/// whose units are metres. Of several parts the largest is looked at. Throws Cancelled.
std::optional<CentreLine> mainCentreLine(const geo::MultiPolygon& glacier, const geo::Grid& grid,
                                         const Image<float>& heights, const Image<std::uint8_t>& ice,
                                         const Progress& progress = {});

/// Heights smoothed by a Gaussian bell, exp(-(x² + y²) / n) in pixels, n being how many pixels 251 m are; the
/// edge is mirrored.
Image<float> smoothedHeights(const Image<float>& heights, double pixelSize);

} // namespace nunatak::topography
