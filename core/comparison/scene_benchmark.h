// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "comparison/benchmark_table.h"
#include "outlines/outline.h"
#include "prediction/predict_scene.h"
#include "prediction/separated_parts.h"

#include <filesystem>
#include <vector>

namespace nunatak::comparison {

/// A scene with outlines that are known: a folder with scene.json and outlines.gpkg (or .shp, .geojson).
struct KnownScene {
    std::filesystem::path manifest;
    std::filesystem::path outlines;
};

/// Those directly in `folder` and in its folders, by name. Throws Error when there are none.
std::vector<KnownScene> knownScenes(const std::filesystem::path& folder);

/// Agreement of a finished prediction with outlines (in `crs`): pixels of the model's grid, middles inside an
/// outline are ice, those that were not predicted do not count. `ground`, if given, gets each pixel's Shannon
/// confidence in blocks of 64 × 64 pixels.
PixelAgreement agreement(const prediction::ScenePrediction& prediction,
                         const std::vector<outlines::Outline>& truth, const geo::Crs& crs,
                         const Progress& progress, prediction::ValidationGround* ground = nullptr);

/// Adds a scene to the table as the paper groups its independent acquisitions: "regions" (of the scene's
/// middle), "sensors", "years" and "scenes".
void addScene(BenchmarkTable& table, const scene::Scene& scene, const PixelAgreement& pixels);

} // namespace nunatak::comparison
