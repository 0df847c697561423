// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/learning_record.h"
#include "training/training.h"

#include "base/counted.h"
#include "base/error.h"
#include "models/registry.h"
#include "models/simulated_only.h"
#include "scene/simulated.h"

#include <algorithm>
#include <cstdio>
#include <map>
#include <set>

namespace nunatak::training {

namespace {

std::string shortNumber(double number) {
    char text[32];
    std::snprintf(text, sizeof text, "%g", number);
    return text;
}

std::string heldOutOf(const TrainingResult& result) {
    if (!result.measured || result.measured->heldOut == 0) {
        return "";
    }
    return " (" + std::to_string(result.measured->heldOut) +
           " of them only measured on; the weights of step " + std::to_string(result.measured->bestStep) +
           ", which did best there)";
}

/// From what and how the model learnt, for those who get it.
std::string provenanceOf(const models::StoredModel& parent, const std::vector<TrainingArea>& areas,
                         const TrainingOptions& options, const TrainingResult& result) {
    std::size_t glaciers = 0;
    std::size_t replayed = 0;
    std::set<std::string> scenes;
    for (const auto& area : areas) {
        if (area.isReplay) {
            ++replayed;
            continue;
        }
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
           counted(static_cast<long long>(glaciers), "outline") + heldOutOf(result) + " of " + names + ": " +
           std::to_string(result.losses.size()) + " steps of " + std::to_string(options.batch) +
           " tiles, learning rate " + shortNumber(options.rate) + " (cosine), focal loss of gamma " +
           shortNumber(options.focalGamma) + (options.focalGamma == 2 ? "" : " (published: 2)") +
           ", label smoothing " + shortNumber(options.labelSmoothing) + ", BatchNorm " +
           (options.batchNormFrozen ? "frozen" : "learning") + ", seed " + std::to_string(options.seed) +
           (replayed == 0 ? ""
                          : "; " + counted(static_cast<long long>(replayed), "scene") + " " +
                                std::string(replayedWords)) +
           ".";
}

std::map<std::string, double> metricsOf(const TrainingResult& result) {
    std::map<std::string, double> metrics{{"loss_first", result.losses.front()},
                                          {"loss_last", result.losses.back()}};
    if (result.measured) {
        // What it learnt from and what it never saw are no measures of the same thing.
        const std::string where = result.measured->heldOut > 0 ? "hold_out_iou" : "learnt_iou";
        metrics[where + "_before"] = result.measured->iouBefore;
        metrics[where] = result.measured->iouAfter;
    }
    return metrics;
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
    manifest.version = 1; // of this name; where there is one already, storing gives the next
    manifest.parent = parent.manifest.fingerprint;
    if (manifest.network.location == 0) { // others go on knowing by their vector where they are
        manifest.strategy = models::Strategy::Finetuned;
    }
    manifest.calibrations.clear();
    if (result.training.calibration) {
        manifest.calibrations.push_back(*result.training.calibration);
    }
    manifest.bfloat16.reset();
    manifest.provenance = provenanceOf(parent, areas, options, result.training);
    if (models::isSimulatedOnly(parent.manifest) &&
        std::all_of(areas.begin(), areas.end(),
                    [](const auto& area) { return scene::isSimulated(area.scene->scene()); })) {
        manifest.provenance += " " + std::string(models::simulatedOnlySentence);
    }
    // What was measured on the parent says nothing about this one.
    manifest.metrics = metricsOf(result.training);
    progress.throwIfStopped();
    result.model = registry.store(manifest, network->weights(), target.folder);
    models::storeLearningRecord(recordOf(parent, areas, options, result.training), result.model);
    progress.report(1, "Done");
    return result;
}

} // namespace nunatak::training
