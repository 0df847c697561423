// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/install_paths.h"
#include "base/progress.h"
#include "prediction/predict_scene.h"

#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace nunatak::tasks {

/// A prediction as the window and the command line both make it. A value: any thread may carry it out.
struct PredictionTask {
    std::shared_ptr<const scene::SceneReader> scene;
    models::StoredModel model;
    geo::Crs crs;                       ///< of the outlines that come of it
    std::filesystem::path folder;       ///< for its rasters
    prediction::PredictOptions options; ///< but `within` and `outlineLowConfidence`, which the task fills in
    /// Only around these shapes (in `crs`), grown by `buffer` metres and joined; read on the thread of the
    /// task. None: no such limit.
    std::function<std::vector<geo::MultiPolygon>(const Progress&)> around = {};
    double buffer = 0;
    /// Told what will come before the work begins; throws where it could not be kept. May be empty.
    std::function<void(const prediction::ScenePrediction& expected)> check = {};
};

struct FinishedPrediction {
    prediction::ScenePrediction prediction;
    std::filesystem::path bands; ///< outlines of low confidence, beside the rasters
    std::string bandsProblem;    ///< why these could not be written, a sentence; empty: they were
};

/// Reads the region, opens the network, checks whether it may run in bf16, predicts and writes the rasters
/// and the outlines of low confidence. Outlines that cannot be written do not lose the glaciers: the problem
/// is told. Throws Error; Cancelled.
FinishedPrediction predict(PredictionTask task, const InstallPaths& paths, const Progress& progress);
/// With a module that is open; what was found of bf16 is kept in `userModels`.
FinishedPrediction predict(PredictionTask task, models::ModelsModule& module,
                           const std::filesystem::path& userModels, const Progress& progress);

} // namespace nunatak::tasks
