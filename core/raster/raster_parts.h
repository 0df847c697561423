// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

namespace nunatak::raster {

/// One of the rasters in a file or service that holds several.
struct RasterPart {
    std::string path;  ///< what GDAL opens
    std::string title; ///< what the file calls it; may be empty
};

/// What a file (netCDF, HDF5, …) or a map service (the capabilities of a WMS or WMTS) holds instead of pixels
/// of its own: GDAL's subdatasets. Empty for a raster. Throws Error: missing, damaged, no raster.
std::vector<RasterPart> rasterParts(const std::string& path);

} // namespace nunatak::raster
