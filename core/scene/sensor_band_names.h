// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "raster/raster_reader.h"

#include <string>
#include <vector>

namespace nunatak::scene {

/// Bands that a file names by a sensor's numbers.
struct SensorBands {
    std::string sensor;
    std::vector<int> bands;         ///< counted from 1
    std::vector<std::string> names; ///< as many
};

/// Tells Sentinel-2 (B2, B3, B4, B8, B11, B12), OLI (B2 to B7) and TM or ETM+ (B1 to B5, B7) by the set of
/// descriptions, with or without leading zeros and SR_, as Earth Engine exports them. Empty when they are
/// none of those.
SensorBands sensorBandsOf(const raster::RasterInfo& info);

} // namespace nunatak::scene
