// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/image.h"
#include "base/progress.h"
#include "geo/grid.h"
#include "outlines/surface_measures.h"

#include <functional>
#include <stop_token>

// Heights, slope, aspect and length of a glacier as RGI 7 has them: OGGM's compute_hypsometry_attributes() on
// the grid of glacierGrid(), heights resampled to it by cubic convolution.
namespace nunatak::topography {

/// Heights in metres on a grid, NaN where there are none. May throw Error, Cancelled.
using ReadHeights = std::function<Image<float>(const geo::Grid& grid, const std::stop_token& stop)>;

/// Of an outline in longitude and latitude (degrees, WGS 84).
/// @param areaKm2, utmZone of it. None, with the reason, where less than 99 % of its pixels have a height, or
/// where they differ by less than 5 m in all, as RGI 7 takes no such elevation model. Throws Cancelled, and
/// Error as `heights` does.
outlines::MeasuredSurface surfaceOf(const geo::MultiPolygon& inDegrees, double areaKm2, int utmZone,
                                    const ReadHeights& heights, const Progress& progress = {});

/// Of heights and pixels of a glacier that are there already; the length and the terminus are not looked for.
outlines::MeasuredSurface surfaceOf(const geo::Grid& grid, const Image<float>& heights,
                                    const Image<std::uint8_t>& ice);

} // namespace nunatak::topography
