// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/install_paths.h"
#include "base/progress.h"
#include "training/corrections.h"

#include <cstddef>
#include <functional>
#include <memory>
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
};

/// What a layer of a project teaches, as it is now; outlines are shared, so this costs little. Scene, parent
/// and name are left to whoever asks. Throws Error where there is no such layer.
LearningTask learningFrom(const project::Project& project, const std::string& layer);

struct Learnt {
    models::StoredModel model;
    training::TrainingResult training;
    std::size_t outlines = 0; ///< that were learnt from
};

/// Throws Error, Cancelled.
Learnt learn(const LearningTask& task, const InstallPaths& paths, const Progress& progress);

} // namespace nunatak::tasks
