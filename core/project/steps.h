// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "outlines/edit.h"
#include "outlines/outline.h"
#include "prediction/predict_scene.h"
#include "project/history_step.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

// Steps of the history that are worked out and not yet taken. With thousands of glaciers the working out is
// long: a plan of Project is called on any thread, and what it gives is taken by the project at once.
namespace nunatak::database {
struct RunRow;
} // namespace nunatak::database

namespace nunatak::project {

/// Layers and outlines of theirs, as one step.
struct LayerStep {
    std::string description;
    std::string tool; ///< see step_tools.h
    std::vector<outlines::LayerChange> layers;
    std::vector<outlines::OutlineChange> changes;
    std::vector<std::string> notes; ///< what the user should know of it, a sentence each
    /// A layer that comes, in which the plan saw to it that no glacier is twice: that takes a while.
    std::string onceIn{};
    std::vector<scene::Scene> scenes{}; ///< that come with it, and go with it
    std::vector<MergedStep> merged{};   ///< steps of other projects that come with it
    std::vector<std::shared_ptr<const database::RunRow>> runs{}; ///< and their predictions
};

/// A prediction on its way into a layer.
struct PredictionStep {
    std::string layer;
    std::shared_ptr<const prediction::ScenePrediction> prediction;
    std::vector<outlines::OutlineChange> changes;
    std::optional<LayerStep> inventory; ///< started from the result in the same step
};

/// What became of it.
struct TakenPrediction {
    std::string layer;
    bool startsInventory = false;
    std::string note; ///< what the user should know of it, a sentence; empty: nothing
};

/// What undo() or redo() will change.
struct StepBack {
    std::int64_t takesBack = 0; ///< the step of the history
    std::vector<outlines::OutlineChange> changes;
    std::vector<outlines::LayerChange> layers;
};

/// Outlines as importOutlines() takes them: texts in UTF-8, each with a UUID of its own, and with the layer's
/// date and scene where they say none, unless it is an inventory; those without a polygon are left out.
std::vector<outlines::OutlineHandle> readyForImport(const outlines::LayerInfo& layer,
                                                    std::vector<outlines::Outline> outlines);

} // namespace nunatak::project
