// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cli/commands.h"
#include "comparison/tile_benchmark.h"

#include <string>

namespace nunatak::cli {

/// What a model is measured on: a tile data set, or a folder of scenes with outlines.
struct BenchmarkArguments {
    std::string dataset;
    std::string scenes;
    comparison::TileBenchmarkOptions tiles;
    models::DeviceOptions device;
};

/// The options of both; the command needs one of --dataset and --scenes.
void addBenchmarkOptions(CLI::App& command, BenchmarkArguments& arguments);
/// Throws CLI::RequiredError when neither was given.
void checkBenchmarkOptions(const BenchmarkArguments& arguments);

/// Predicts all of it with a model, or with the members of a set each where it is meant for, under a progress
/// bar. What is to be known of a scene or its outlines goes to standard error.
comparison::TileBenchmark runBenchmark(const BenchmarkArguments& arguments, const std::string& model,
                                       const Context& context);

} // namespace nunatak::cli
