// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/training.h"

#include "base/counted.h"
#include "base/error.h"
#include "models/registry.h"
#include "models/simulated_only.h"
#include "scene/simulated.h"

#include <algorithm>
#include <cstdio>
#include <set>

namespace nunatak::training {

namespace {

std::string shortNumber(double number) {
    char text[32];
    std::snprintf(text, sizeof text, "%g", number);
    return text;
}

/// From what and how the model learnt, for those who get it.
std::string provenanceOf(const models::StoredModel& parent, const std::vector<TrainingArea>& areas,
                         const TrainingOptions& options) {
    std::size_t glaciers = 0;
    std::set<std::string> scenes;
    for (const auto& area : areas) {
        glaciers += area.glaciers.size();
        const auto& scene = area.scene->scene();
        scenes.insert(scene.name + (scene.date.empty() ? "" : " (" + scene.date + ")"));
    }
    std::string names;
    for (const auto& scene : scenes) {
        names += (names.empty() ? "" : ", ") + scene;
    }
    return "Fine-tuned from " + parent.manifest.name + " v" + std::to_string(parent.manifest.version) +
           " (fingerprint " + parent.manifest.fingerprint.substr(0, 12) + ") on " +
           counted(static_cast<long long>(glaciers), "outline") + " of " + names + ": " +
           std::to_string(options.steps) + " steps of " + std::to_string(options.batch) +
           " tiles, learning rate " + shortNumber(options.rate) + " (cosine), focal loss of gamma " +
           shortNumber(options.focalGamma) + (options.focalGamma == 2 ? "" : " (published: 2)") +
           ", label smoothing " + shortNumber(options.labelSmoothing) + ", BatchNorm " +
           (options.batchNormFrozen ? "frozen" : "learning") + ", seed " + std::to_string(options.seed) + ".";
}

/// A name in the registry, or a path whose last part is the name.
struct Target {
    std::string name;
    std::filesystem::path folder; ///< where to put it; empty: the registry's own place
};

Target targetOf(const std::string& name) {
    if (name.empty()) {
        throw Error("The new model needs a name, or a folder to be put into.");
    }
    if (name.find('/') == std::string::npos && name != "." && name != "..") {
        return {name, {}};
    }
    std::error_code problem;
    auto path = std::filesystem::absolute(name, problem).lexically_normal();
    if (path.filename().empty()) {
        path = path.parent_path();
    }
    return {path.filename().string(), path.parent_path()};
}

} // namespace

FinetuneResult finetune(const models::StoredModel& parent, models::ModelsModule& module,
                        const models::Registry& registry, const std::string& name,
                        const std::vector<TrainingArea>& areas, const TrainingOptions& options,
                        const models::DeviceOptions& device, const Progress& progress) {
    const Target target = targetOf(name);
    registry.throwUnlessWritable(target.folder, target.name);
    progress.report(0, "Loading the model");
    const auto network = module.open(parent.manifest.network, models::loadWeights(parent), device);
    FinetuneResult result;
    result.training = train(*network, parent.manifest, areas, options, progress.part(0.02, 0.98));

    models::Manifest manifest = parent.manifest;
    manifest.name = target.name;
    manifest.version = parent.manifest.version + 1;
    manifest.parent = parent.manifest.fingerprint;
    if (manifest.network.location == 0) { // others go on knowing by their vector where they are
        manifest.strategy = models::Strategy::Finetuned;
    }
    manifest.calibrations.clear();
    manifest.bfloat16.reset();
    manifest.provenance = provenanceOf(parent, areas, options);
    if (models::isSimulatedOnly(parent.manifest) &&
        std::all_of(areas.begin(), areas.end(),
                    [](const auto& area) { return scene::isSimulated(area.scene->scene()); })) {
        manifest.provenance += " " + std::string(models::simulatedOnlySentence);
    }
    // What was measured on the parent says nothing about this one.
    manifest.metrics = {{"looked_at_iou_before", result.training.iouBefore},
                        {"looked_at_iou", result.training.iouAfter},
                        {"loss_first", result.training.losses.front()},
                        {"loss_last", result.training.losses.back()}};
    progress.throwIfStopped();
    result.model = registry.store(manifest, network->weights(), target.folder);
    progress.report(1, "Done");
    return result;
}

} // namespace nunatak::training
