// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "raster/raster_reader.h"

#include <string>
#include <vector>

namespace nunatak::scene {

/// Whose numbers bands have. The same number is another band of each.
enum class OpticalSensor {
    Unknown,
    Sentinel2,
    Oli,           ///< Landsat 8 and 9
    ThematicMapper ///< TM and ETM+: Landsat 4, 5 and 7
};

/// "Sentinel-2", "Landsat 8 and 9", "Landsat 4 to 7"; empty for Unknown.
std::string sensorName(OpticalSensor sensor);

/// The sensor that a name of a file, of an image or of a product says: LC08…, LE07…, S2A…, T32TPS, HLS' L30
/// and S30, landsat8, sentinel-2. Unknown where it says none, or several.
OpticalSensor sensorInName(const std::string& name);

/// The number in a band's name, without what stands around it: SR_B2, B02, b2, B2_10m, LC08_…_SR_B2,
/// "B2, central wavelength 490 nm" → "B2"; empty where there is none. "Band 2" only counts and is none.
std::string bandNumber(const std::string& text);

/// Bands that are named by a sensor's numbers.
struct SensorBands {
    OpticalSensor sensor = OpticalSensor::Unknown;
    std::vector<int> bands;         ///< places in what was given, from 1
    std::vector<std::string> names; ///< as many: "blue", …, "swir2"
    /// Not empty: the numbers are there, but it cannot be told whose they are. A clause such as "its bands
    /// …".
    std::string question;
};

/// Tells whose numbers names of bands are, by what only one sensor has (B8A and B12 are Sentinel-2's, SR_B6
/// and ST_B10 of Landsat 8 and 9, B6_VCID_1 of Landsat 7) and by `told`, what else says the sensor. Band
/// lists of the data sets in Earth Engine's catalogue and USGS' Landsat Collection 2 formats. Empty where
/// nothing is a number.
SensorBands sensorBandsOf(const std::vector<std::string>& texts, OpticalSensor told);
/// The same of the bands of a file, with its name, its folder's and its metadata to tell the sensor.
SensorBands sensorBandsOf(const raster::RasterInfo& info);

/// The sensor that a file's name, what it says of itself, or else its folder's name says.
OpticalSensor sensorOf(const raster::RasterInfo& info);

/// True where a file's name is a radar image's: S1A…, VV, sigma0, PALSAR … It may lack names of its bands.
bool saysRadar(const std::string& name);

/// True for names of Landsat's surface reflectance (SR_B4), which Collection 2 scales by 0.0000275 and −0.2.
bool isLandsatSurfaceBand(const std::string& text);

} // namespace nunatak::scene
