// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/progress.h"
#include "scene/scene.h"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace nunatak::scene {

struct SimulationOptions {
    std::uint64_t seed = 1;
    std::optional<int> columns; ///< 1024, or what fits into the elevation model
    std::optional<int> rows;
    double pixelSize = 30; ///< metres
    std::string date = "2020-08-20";
    std::vector<std::string> features{"optical", "dem"}; ///< which of a scene's features are made
    std::filesystem::path elevation; ///< an elevation model of a real place; empty: mountains are invented
    std::filesystem::path outlines;  ///< of its glaciers; empty: they are grown
    /// For each number a later date of the same place, after its tongues have become shorter by so many
    /// metres.
    std::vector<double> retreats;
    double cloud = 0; ///< share of the picture under clouds, 0..1
    /// Where the season's snow begins, as a share of the way from the lowest to the highest ground, 0..1;
    /// none: the seed's year says.
    std::optional<double> snowLine;
    bool overwrite = false; ///< files of the user may be replaced; what a simulation made always is
};

/// What a simulation wrote.
struct Simulation {
    std::filesystem::path sceneJson;
    std::filesystem::path truth; ///< outlines.gpkg: each glacier a polygon of its own
    int glaciers = 0;
    std::vector<std::filesystem::path> later; ///< scene.json of each later date
    std::vector<std::string> notes;           ///< what of the given outlines was not taken as it is
};

/// Makes a place with glaciers, invented or real, and a satellite's pictures of it, and writes scene.json, a
/// cloud-optimised GeoTIFF per feature (optical.tif: TOA reflectance in six bands; elevation.tif;
/// co_pol_sar.tif, cross_pol_sar.tif: linear sigma nought; in_sar.tif: coherence; thermal.tif: kelvin;
/// quality.tif: the clouds and their shadows as they are) and outlines.gpkg into `folder`; a later date into
/// `folder`/retreat-METRES with outlines of the same identities. Works tile by tile. An invented place has
/// the same pixels for the same seed on every machine. Throws Error when something asked for is impossible or
/// the folder cannot be written; Cancelled.
Simulation simulate(const SimulationOptions& options, const std::filesystem::path& folder,
                    const Progress& progress = {});

} // namespace nunatak::scene
