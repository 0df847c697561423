// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/progress.h"
#include "geo/polygon.h"
#include "scene/scene.h"

#include <cstdint>
#include <filesystem>

namespace nunatak::scene {

struct SimulationOptions {
    std::uint64_t seed = 1;
    int columns = 1024;
    int rows = 1024;
    double pixelSize = 30; ///< metres
    std::string date = "2020-08-20";
};

/// What a simulation wrote.
struct Simulation {
    std::filesystem::path sceneJson;
    std::filesystem::path truth; ///< outlines.gpkg: each glacier a polygon of its own
    int glaciers = 0;
};

/// Invents a mountain range with glaciers and writes scene.json, optical.tif (TOA reflectance in six bands),
/// elevation.tif and outlines.gpkg into `folder`. The same seed gives the same pixels on every machine.
/// Throws Error when the folder cannot be written; Cancelled.
Simulation simulate(const SimulationOptions& options, const std::filesystem::path& folder,
                    const Progress& progress = {});

} // namespace nunatak::scene
