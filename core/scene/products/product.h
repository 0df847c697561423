// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "raster/raster_reader.h"
#include "scene/scene.h"

#include <string>
#include <vector>

namespace nunatak::scene::products {

/// What one of the things given was recognised as.
struct Product {
    std::string given;  ///< path as given
    std::string kind;   ///< "Landsat 8 OLI/TIRS Collection 2 Level-1"
    std::string name;   ///< the provider's name
    std::string date;   ///< ISO day; empty when unknown
    std::string time{}; ///< of the day, UTC, as 10:05:32; empty when unknown
    std::string sensor;
    std::optional<double> sunElevation;
    std::optional<double> sunAzimuth;
    std::vector<SceneRaster> rasters;
    std::vector<std::string> notes;
    /// The acquisition itself (optical), which names and dates the scene; a DEM or radar only joins it.
    bool isMain = false;
    /// How its numbers become reflectance was told by the numbers; the user may know better.
    bool reflectanceIsGuessed = false;
    std::string pattern{}; ///< what to give for this alone, where `given` is more; empty: that
};

/// Said of every surface reflectance.
inline constexpr const char* surfaceNote = "These are surface reflectances; the published models learnt from "
                                           "reflectance at the top of the atmosphere "
                                           "(Level-1), and predict worse from these.";

} // namespace nunatak::scene::products
