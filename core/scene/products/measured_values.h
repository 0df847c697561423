// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "raster/raster_reader.h"
#include "scene/products/radar_names.h"
#include "scene/scene.h"

#include <string>
#include <vector>

namespace nunatak::scene::products {

// How numbers of rasters that are no reflectance become values, whichever way the raster came in. What a
// file, its name or its unit says goes first, then what the numbers can only be; numbers that can be nothing
// of the kind are refused (Error). What was concluded is added to `notes`.

/// Backscatter: power, dB or amplitude, which becomes power. `said` is what the name says; 0 is no data where
/// the file declares none, for that is what is written outside of the swath.
void readAsBackscatter(SceneRaster& raster, const raster::RasterReader& reader, RadarScale said,
                       std::vector<std::string>& notes);

/// Interferometric coherence, 0 to 1; per cent become that.
void readAsCoherence(SceneRaster& raster, const raster::RasterReader& reader,
                     std::vector<std::string>& notes);

/// Temperature in kelvin; °C and °F become that.
void readAsTemperature(SceneRaster& raster, const raster::RasterReader& reader,
                       std::vector<std::string>& notes);

} // namespace nunatak::scene::products
