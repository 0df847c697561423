// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "scene/products/product.h"
#include "scene/products/radar_names.h"

#include <optional>
#include <string>

namespace nunatak::scene::products {

// Radar products that come as one HDF5 or netCDF file with many rasters in it: NISAR GCOV (backscatter) and
// GUNW (coherence), and ARIA's GUNW of Sentinel-1. GDAL's HDF5 driver knows no place for them; its netCDF
// driver reads it from their coordinate variables.

/// True for the name of such a file (*.h5, *.nc), whether or not this kind of it can be used.
bool isRadarContainer(const std::string& name);

/// What the program uses of one: the covariances VVVV or HHHH and VHVH or HVHV of GCOV's frequency A (or B),
/// the coherence of a GUNW. Throws Error: another NISAR product, nothing of these in it, no place on the map.
Product openRadarContainer(const std::string& file, const std::string& given);

/// What the path of one raster in such a file (NETCDF:"…h5":/science/LSAR/GCOV/grids/frequencyA/HHHH) says;
/// none for other paths and other rasters in it.
std::optional<RadarName> containedRadarName(const std::string& path);

} // namespace nunatak::scene::products
