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
    std::string model = "starter";
    std::string layer;
    std::vector<double> regionOfInterest;
    std::string within;
    double buffer = 1000;
    std::optional<int> tile;
    std::optional<double> resolution;
    prediction::PredictOptions options;
};

void addRegionOptions(CLI::App& command, PredictArguments& arguments);
void addNetworkOptions(CLI::App& command, PredictArguments& arguments);
void addResultOptions(CLI::App& command, PredictArguments& arguments);

} // namespace nunatak::cli
