// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "raster/raster_reader.h"

#include <string>

namespace nunatak::raster {

/// True when a band of the raster stores power as dB or amplitude.
bool holdsPowerOtherwise(const RasterInfo& info);

/// Such a raster as one that holds power (float, NaN for no data), as text in GDAL's virtual format: what
/// GDAL averages of it is right. RasterReader converts by itself and needs none. `info.path` may be a view.
std::string powerViewOf(const RasterInfo& info);

} // namespace nunatak::raster
