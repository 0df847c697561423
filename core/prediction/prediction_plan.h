// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/network.h"
#include "prediction/location.h"
#include "prediction/predict_scene.h"
#include "prediction/prediction_outputs.h"
#include "tile_selection.h"

#include <string>
#include <vector>

namespace nunatak::prediction {

/// What is decided before anything is computed.
struct PredictionPlan {
    geo::Grid grid;
    engine::TilingOptions tiling; ///< without the parts that need objects
    TileSelection selection;
    PredictionFiles files;
    bool addsToOlder = false; ///< a region whose surroundings are in the files, made alike
    models::Precision precision = models::Precision::Float32;
    Location location;                                ///< without a vector where it is to be optimised
    const models::Calibration* calibration = nullptr; ///< of the manifest that was given
    std::string modelName;                            ///< "starter v1"
    std::string settings;                             ///< JSON of everything that shapes the result
    std::map<std::string, std::string> metadata;      ///< of the rasters
    std::vector<std::string> notes;
};

/// Checks everything that can be checked before the network is loaded. Throws Error.
PredictionPlan planNetworkRun(const scene::SceneReader& scene, const models::Manifest& model,
                              models::ModelsModule& module, const geo::Crs& projectCrs,
                              const std::filesystem::path& folder, const PredictOptions& options);

/// The location vector of the plan, optimised if that is asked for; `table` tells what came of that.
std::vector<float> locationVector(const PredictionPlan& plan, models::Network& network,
                                  const models::Manifest& model, const scene::SceneReader& scene,
                                  const PredictOptions& options, std::string& table,
                                  const Progress& progress);

/// The settings (JSON) with the location vector that was used, so that an optimised one is not lost.
std::string withLocation(const std::string& settings, const std::vector<float>& location);

OutputSettings outputSettings(const PredictionPlan& plan, const PredictOptions& options);

} // namespace nunatak::prediction
