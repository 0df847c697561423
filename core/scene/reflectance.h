// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "scene/open_scene.h"
#include "scene/products/samples.h"
#include "scene/sensor_band_names.h"

#include <string>

namespace nunatak::scene {

/// How stored numbers become reflectance: number × scale + offset.
struct StoredReflectance {
    double scale = 1;
    double offset = 0;
    std::optional<double> noData; ///< a number without meaning that goes with it
    std::string note;             ///< what was taken for granted, to follow "NAME: "
};

/// What is known of numbers that no tag explains.
struct NumbersToExplain {
    const products::Samples& samples; ///< as the reader gives them
    bool bytes = false;
    bool landsatSurface = false; ///< the bands are called SR_…
    OpticalSensor sensor = OpticalSensor::Unknown;
    bool shortwave = false; ///< shortwave infrared is among them, in which snow is dark
};

/// Tells it by the numbers, or does as told. Landsat Collection 2 Level-2: × 0.0000275 − 0.2 (USGS, Landsat
/// 8-9 Collection 2 Level 2 Science Product Guide); Sentinel-2 since processing baseline 04.00: (number −
/// 1,000) / 10,000 (ESA, Sentinel-2 Products Specification Document). Throws Error where the numbers can be
/// several things that matter, with how to say it; `name` is the file's.
StoredReflectance storedReflectance(const NumbersToExplain& numbers, ReflectanceStorage storage,
                                    const std::string& name);

/// Sets how an optical raster's numbers become reflectance. A scale that the file itself says is applied by
/// the reader and goes before `storage`, once; one that cannot be (it would leave nothing brighter than
/// 0.005) is taken back where `storage` says what the numbers are, and refused where it does not. Throws
/// Error.
void setReflectance(SceneRaster& raster, const raster::RasterReader& reader, ReflectanceStorage storage,
                    const std::string& shortName, std::vector<std::string>& notes);

/// Makes a scale and offset that a product says of *stored* numbers fit what the reader gives, which has the
/// file's own scale applied already.
void takeBackFileScale(SceneRaster& raster, const raster::BandInfo& band);

} // namespace nunatak::scene
