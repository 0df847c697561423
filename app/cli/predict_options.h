// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "prediction/predict_scene.h"

#include <CLI/CLI.hpp>

#include <optional>
#include <string>
#include <vector>

namespace nunatak::cli {

/// What was given to the subcommand predict.
struct PredictArguments {
    std::string project;
    std::string scene;
    std::string out;
    std::string model; ///< empty: the project's, else the starter
    std::string layer;
    std::vector<double> regionOfInterest;
    std::string within;
    double buffer = 1000;
    std::optional<int> tile;
    std::optional<double> resolution;
    bool overwrite = false;
    prediction::PredictOptions options;
};

/// What results in a folder of their own may replace: never the scene's manifest or a raster of it.
Claim standaloneClaim(const std::string& maker, bool overwrite, const std::string& sceneJson,
                      const scene::Scene& scene);

/// --raw-outlines
CLI::Option* addRawOutlines(CLI::App& command, prediction::OutlineForm& form);
void addRegionOptions(CLI::App& command, PredictArguments& arguments);
void addNetworkOptions(CLI::App& command, PredictArguments& arguments);
void addResultOptions(CLI::App& command, PredictArguments& arguments);

} // namespace nunatak::cli
