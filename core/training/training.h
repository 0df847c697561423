// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/progress.h"
#include "models/network.h"
#include "models/registry.h"
#include "outlines/outline_set.h"
#include "scene/scene_reader.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace nunatak::training {

/// A place to learn from: a scene and its glaciers, and where an expert looked.
struct TrainingArea {
    std::shared_ptr<const scene::SceneReader> scene;
    geo::Crs crs; ///< of glaciers and lookedAt
    std::vector<geo::MultiPolygon> glaciers;
    std::optional<geo::MultiPolygon> lookedAt; ///< none: the whole scene. Outside of it nothing is learnt.
    /// Where a model with regions shall think it is, as when predicting: auto, a code, unknown or twelve
    /// numbers (prediction/location.h).
    std::string region = "auto";
};

struct TrainingOptions {
    int steps = 50;
    int batch = 8;
    double rate = 1e-4; ///< at the start; cosine decay to 0
    double labelSmoothing = 0.1;
    double focalGamma = 2;       ///< of the focal loss, as published; 0 is the cross entropy
    bool augment = true;         ///< flips, quarter turns, brightness
    bool batchNormFrozen = true; ///< fine-tuning keeps the statistics it was trained with
    models::LearningParts parts = models::LearningParts::All;
    std::uint64_t seed = 1;
    bool measure = true; ///< IoU before and after; costs a prediction of the looked-at places each
    /// After each step, from the training thread: for a loss curve.
    std::function<void(int step, double loss)> onStep;
};

struct TrainingResult {
    std::vector<double> losses; ///< one per step
    double iouBefore = 0;       ///< in the looked-at pixels, whole areas
    double iouAfter = 0;
    std::vector<std::string> notes; ///< what the user should know, each a sentence
};

/// Where an expert has looked when they corrected these glaciers: the outlines grown by `distance` (m).
geo::MultiPolygon lookedAtAround(const std::vector<geo::MultiPolygon>& corrected, double distance);

/// Learns from the areas; the network is changed in place. Throws Error (nothing to learn from, missing
/// bands); Cancelled, with the network as far as it came.
TrainingResult train(models::Network& network, const models::Manifest& manifest,
                     const std::vector<TrainingArea>& areas, const TrainingOptions& options,
                     const Progress& progress);

/// Fine-tunes `parent` and stores the result as a new version in the registry under `name` (or into a folder,
/// when `name` is a path). The stored provenance says from what and how.
struct FinetuneResult {
    models::StoredModel model;
    TrainingResult training;
};
FinetuneResult finetune(const models::StoredModel& parent, models::ModelsModule& module,
                        const models::Registry& registry, const std::string& name,
                        const std::vector<TrainingArea>& areas, const TrainingOptions& options,
                        const models::DeviceOptions& device, const Progress& progress);

} // namespace nunatak::training
