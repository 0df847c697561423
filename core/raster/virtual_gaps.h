// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "geo/grid.h"

#include <string>

namespace nunatak::raster {

/// Share of a window, 0 to 1, in which a virtual raster (.vrt) has none of its files but says nothing of no
/// data: it reads as 0 there. 0 for any other raster. Throws Error when it cannot be opened.
double shareOfGaps(const std::string& path, const geo::PixelWindow& window);

} // namespace nunatak::raster
