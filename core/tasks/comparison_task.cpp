// SPDX-License-Identifier: GPL-3.0-or-later
#include "tasks/comparison_task.h"

#include "project/layer_choice.h"
#include "project/project.h"

namespace nunatak::tasks {

ComparisonTask comparisonOf(const project::Project& project, const std::string& model,
                            const std::string& expert) {
    return {project::outlinesToHandIn(project, model), project::outlinesToHandIn(project, expert),
            project.computedResult(model), project.crs()};
}

comparison::Comparison compare(const ComparisonTask& task, const scene::SceneReader& scene,
                               const Progress& progress) {
    return comparison::compare(task.model, task.expert, task.computed, scene, task.crs, progress);
}

} // namespace nunatak::tasks
