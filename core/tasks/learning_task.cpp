// SPDX-License-Identifier: GPL-3.0-or-later
#include "tasks/learning_task.h"

#include "base/scratch_folder.h"
#include "models/module_loader.h"
#include "project/project.h"
#include "tasks/replay.h"

#include <algorithm>

namespace nunatak::tasks {

LearningTask learningFrom(const project::Project& project, const std::string& layer) {
    LearningTask task;
    task.crs = project.crs();
    task.from = project.layer(layer).name;
    for (const auto& info : project.layers()) {
        task.layers.push_back({info, project.outlines(info.name).all()});
    }
    task.deleted = project.planDeleted(task.from);
    return task;
}

Learnt learn(const LearningTask& task, const InstallPaths& paths, const Progress& progress) {
    auto layers = task.layers;
    const auto taught =
        std::ranges::find(layers, task.from, [](const auto& layer) { return layer.info.name; });
    if (task.deleted && taught != layers.end()) {
        taught->deleted = task.deleted();
    }
    auto area = training::areaFromLayer(task.scene, task.crs, layers, task.from, task.corrections);
    area.region = task.region;
    const auto outlines = area.glaciers.size();
    const ScratchFolder scratch("replay");
    std::vector<training::TrainingArea> areas;
    if (task.options.replayShare > 0) {
        areas =
            scenesToReplay(task.parent.manifest, task.options.seed, scratch.path(), progress.part(0, 0.05));
    }
    areas.insert(areas.begin(), std::move(area));
    progress.report(0.05, "loading the network");
    auto& module = models::loadModule(paths.modelsModule);
    auto result = training::finetune(task.parent, module, {paths.installedModels, paths.userModels},
                                     task.name, areas, task.options, task.device, progress.part(0.05, 1));
    return {std::move(result.model), std::move(result.training), outlines};
}

} // namespace nunatak::tasks
