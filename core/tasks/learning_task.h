// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/install_paths.h"
#include "base/progress.h"
#include "tasks/learning_watch.h"
#include "tasks/training_run.h"
#include "training/corrections.h"

#include <cstddef>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace nunatak::project {
class Project;
} // namespace nunatak::project

namespace nunatak::tasks {

/// Fine-tuning as the window and the command line both do it. A value: any thread may carry it out.
struct LearningTask {
    std::shared_ptr<const scene::SceneReader> scene;
    geo::Crs crs;                                ///< of the layers
    std::vector<training::LayerOutlines> layers; ///< all of the project
    std::string from;                            ///< the one to learn from
    /// What was deleted of it, read by whoever carries the task out; none: nothing.
    std::function<std::vector<outlines::OutlineHandle>()> deleted{};
    models::StoredModel parent; ///< to start from
    std::string name;           ///< of the new model, or a folder to write it to
    training::CorrectionOptions corrections;
    std::string region = "auto"; ///< see TrainingArea
    training::TrainingOptions options;
    models::DeviceOptions device;

    /// What it learns from, where that was worked out before it was interrupted; empty: what the layers say.
    std::vector<training::TrainingArea> areas{};
    std::string sceneId{}; ///< of `scene` in its project
    /// Where it is kept how far it came, so that it can be paused and go on; empty: nowhere.
    std::filesystem::path folder{};
    double keptEvery = 30;                  ///< s
    std::shared_ptr<LearningWatch> watch{}; ///< null: nobody watches
};

/// What a layer of a project teaches, as it is now; outlines are shared, so this costs little. Scene, parent
/// and name are left to whoever asks. Throws Error where there is no such layer.
LearningTask learningFrom(const project::Project& project, const std::string& layer);

/// The areas that it learns from, the outlines' first. Throws Error where nothing is left to learn from.
std::vector<training::TrainingArea> areasOf(const LearningTask& task);

struct Learnt {
    models::StoredModel model;
    training::TrainingResult training;
    std::size_t outlines = 0; ///< that were learnt from
};

/// Goes on with the training that was interrupted in a project, as it was begun; none where there is none.
/// Outlines that were corrected since are not learnt from. Throws Error where what was kept is damaged, or
/// its scene or model is gone.
std::optional<LearningTask> interruptedLearning(const project::Project& project,
                                                const models::Registry& registry,
                                                const std::shared_ptr<raster::ReaderPool>& readers);

/// Where a project keeps its training.
TrainingFolder trainingFolderOf(const project::Project& project);

/// A training that can be kept is begun anew in its folder, unless it goes on from there; the folder is gone
/// when it has ended. Throws Error, also where another training runs or one waits in the folder; Cancelled,
/// after which it can go on.
Learnt learn(const LearningTask& task, const InstallPaths& paths, const Progress& progress);

} // namespace nunatak::tasks
