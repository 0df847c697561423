// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "overlays/overlay.h"
#include "raster/reader_pool.h"

#include <memory>
#include <string>
#include <vector>

namespace nunatak::overlays {

/// What a raster file, or anything else that GDAL opens (WMS:…, an XML of its WMS driver, /vsicurl/…), has to
/// show: one overlay for a picture of three bytes, else one for each band; of a file or service that holds
/// several rasters (netCDF, the capabilities of a WMS or WMTS) those of each. An address with {z}, {x} and
/// {y} in it is taken as a tile service in Web Mercator ("XYZ"). Throws Error: missing, damaged, without a
/// place on Earth.
std::vector<Overlay> overlaysOfFile(const std::string& file, std::shared_ptr<raster::ReaderPool> pool);

/// What GDAL opens for an address with {z}, {x} and {y}, or for one of a WMTS; any other text as it is.
std::string openableName(const std::string& fileOrAddress);

} // namespace nunatak::overlays
