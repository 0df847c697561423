// SPDX-License-Identifier: GPL-3.0-or-later
#include "tasks/learning_task.h"

#include "base/error.h"
#include "base/scratch_folder.h"
#include "base/utc_now.h"
#include "models/module_loader.h"
#include "outlines/strokes.h"
#include "project/project.h"
#include "tasks/kept_course.h"
#include "tasks/project_model.h"
#include "tasks/replay.h"
#include "tasks/spoken_ground.h"
#include "tasks/training_lock.h"

#include <algorithm>
#include <chrono>
#include <cmath>

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

std::optional<LearningTask> interruptedLearning(const project::Project& project,
                                                const models::Registry& registry,
                                                const std::shared_ptr<raster::ReaderPool>& readers) {
    const auto folder = trainingFolderOf(project);
    auto run = folder.interrupted();
    if (!run) {
        return std::nullopt;
    }
    LearningTask task;
    task.crs = run->areas.front().crs;
    task.from = run->layer;
    task.name = run->name;
    task.options = run->options;
    task.sceneId = run->scene;
    task.folder = folder.path();
    const auto known = registry.list();
    const auto* parent = findModel({run->parent, {}, run->fingerprint}, known);
    if (parent == nullptr) {
        throw Error("The interrupted training cannot go on: the model " + run->parent +
                    " that it began from is no longer on this machine. Bring it back, or discard the "
                    "training.");
    }
    task.parent = *parent;
    try {
        task.scene = std::make_shared<const scene::SceneReader>(project.scene(run->scene), readers);
    } catch (const Error& error) {
        throw Error("The interrupted training cannot go on: its scene is gone. " + std::string(error.what()));
    }
    task.region = run->areas.front().region;
    task.areas = std::move(run->areas);
    return task;
}

TrainingFolder trainingFolderOf(const project::Project& project) {
    return TrainingFolder::of(project.filesPlace());
}

std::vector<training::TrainingArea> areasOf(const LearningTask& task) {
    if (!task.areas.empty()) {
        auto areas = task.areas;
        for (auto& area : areas) {
            area.scene = task.scene;
        }
        return areas;
    }
    auto layers = task.layers;
    const auto taught =
        std::ranges::find(layers, task.from, [](const auto& layer) { return layer.info.name; });
    if (task.deleted && taught != layers.end()) {
        taught->deleted = task.deleted();
    }
    auto corrections = task.corrections;
    const auto regions = reviewedRegions(layers, task.sceneId);
    corrections.regions.insert(corrections.regions.end(), regions.begin(), regions.end());
    std::vector<training::TrainingArea> areas;
    areas.push_back(training::areaFromLayer(task.scene, task.crs, layers, task.from, corrections));
    areas.front().region = task.region;
    if (auto strokes = areaFromStrokes(areas.front(), layers, task.sceneId,
                                       outlines::strokePixels * task.parent.manifest.pixelSize)) {
        areas.push_back(std::move(*strokes));
    }
    return areas;
}

namespace {

/// Keeps what it is, unless it goes on with what was kept. Why that cannot be, a sentence; empty: it can.
std::string begin(const LearningTask& task, const std::vector<training::TrainingArea>& areas,
                  const TrainingFolder& folder) {
    if (!task.areas.empty()) {
        return {};
    }
    if (!folder.isEmpty()) {
        throw Error("A training of this project was interrupted and waits: go on with it, or discard it "
                    "first.");
    }
    TrainingRun run;
    run.name = task.name;
    run.layer = task.from;
    run.scene = task.sceneId;
    run.parent = task.parent.manifest.name;
    run.fingerprint = task.parent.manifest.fingerprint;
    run.began = utcNow();
    run.options = task.options;
    run.areas = areas;
    try {
        folder.begin(run);
        return {};
    } catch (const Error& error) {
        return std::string(error.what()) + " It learns all the same, and cannot be paused.";
    }
}

} // namespace

Learnt learn(const LearningTask& task, const InstallPaths& paths, const Progress& progress) {
    const TrainingLock lock(paths.userModels, task.options.title.empty() ? task.name : task.options.title);
    auto areas = areasOf(task);
    const auto outlines = areas.front().glaciers.size();
    const TrainingFolder folder(task.folder);
    const auto problem = task.folder.empty() ? std::string() : begin(task, areas, folder);
    const bool isKept = !task.folder.empty() && problem.empty();
    const ScratchFolder scratch("replay");
    if (task.options.replayShare > 0) {
        for (auto& replayed : scenesToReplay(task.parent.manifest, task.options.seed, scratch.path(),
                                             progress.part(0, 0.05))) {
            areas.push_back(std::move(replayed));
        }
    }
    progress.report(0.05, "Loading the model");
    auto& module = models::loadModule(paths.modelsModule);
    KeptCourse course(isKept ? &folder : nullptr, task.watch, task.options.steps,
                      std::chrono::milliseconds(std::lround(1000 * task.keptEvery)));
    if (!problem.empty()) {
        course.note(problem);
    }
    auto options = task.options;
    options.course = &course;
    options.onStep = [&course, told = task.options.onStep](int step, double loss) {
        course.stepped(step, loss);
        if (told) {
            told(step, loss);
        }
    };
    const auto finetuned = [&] {
        try {
            return training::finetune(task.parent, module, {paths.installedModels, paths.userModels},
                                      task.name, areas, options, task.device, progress.part(0.05, 1));
        } catch (const Cancelled&) {
            throw;
        } catch (const Error&) {
            std::vector<std::string> ignored;
            if (isKept && !folder.newest(ignored)) {
                folder.remove(); // nothing was learnt that another try could go on with
            }
            throw;
        }
    };
    auto result = finetuned();
    for (const auto& note : course.notes()) {
        if (std::ranges::find(result.training.notes, note) == result.training.notes.end()) {
            result.training.notes.push_back(note);
        }
    }
    if (isKept) {
        folder.remove();
    }
    return {std::move(result.model), std::move(result.training), outlines};
}

} // namespace nunatak::tasks
