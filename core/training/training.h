// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/progress.h"
#include "models/network.h"
#include "models/registry.h"
#include "outlines/outline_set.h"
#include "scene/scene_reader.h"
#include "training/course.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace nunatak::training {

/// A place to learn from: a scene and its glaciers, and where an expert looked. All shapes in `crs`.
struct TrainingArea {
    std::shared_ptr<const scene::SceneReader> scene;
    geo::Crs crs;
    std::vector<geo::MultiPolygon> glaciers;   ///< ice
    std::vector<geo::MultiPolygon> removed;    ///< found to be no glaciers: ground without ice
    std::optional<geo::MultiPolygon> lookedAt; ///< none: the whole scene. Outside of it nothing is learnt.
    double margin = 0; ///< m around its glaciers that lookedAt has; 0: it says nothing of single glaciers
    /// Where the expert said otherwise than what was there before; weighs more than what was confirmed.
    std::vector<geo::MultiPolygon> changed;
    /// Ground of lookedAt that was reviewed whole: what is not among `glaciers` there is no ice.
    std::vector<geo::MultiPolygon> regions;
    /// The same of all of lookedAt. Otherwise somebody looked at the glaciers, not at all that lies beside
    /// them: what the model itself calls ice there, before it learns, is no statement either way.
    bool complete = true;
    /// Shown now and then lest it be forgotten; nothing is measured there.
    bool isReplay = false;
    /// Where a model with regions shall think it is, as when predicting: auto, a code, unknown or twelve
    /// numbers (prediction/location.h).
    std::string region = "auto";
};

struct TrainingOptions {
    std::string title; ///< what people shall read for the new model; empty: its name
    int steps = 50;
    int batch = 8;
    double rate = 1e-4; ///< at the start; cosine decay to 0
    double labelSmoothing = 0.1;
    double focalGamma = 2;       ///< of the focal loss, as published; 0 is the cross entropy
    bool augment = true;         ///< as published (training/augmentation.h)
    double changedWeight = 3;    ///< of what an expert changed, beside what they confirmed
    double replayShare = 0;      ///< of the tiles, where there are areas for it (docs/learning.md)
    double holdOut = 0.2;        ///< share of the reviewed glaciers that is only measured on; 0: none
    bool batchNormFrozen = true; ///< fine-tuning keeps the statistics it was trained with
    models::LearningParts parts = models::LearningParts::All;
    std::uint64_t seed = 1;
    bool measure = true; ///< IoU before and after; costs a prediction of the looked-at places each
    /// After each step, from the training thread: for a loss curve.
    std::function<void(int step, double loss)> onStep;
    Course* course = nullptr; ///< outlives the training
};

/// On what a training was measured.
struct Measured {
    int reviewed = 0; ///< glaciers that somebody reviewed
    int heldOut = 0; ///< of those: only measured on; 0: there was no hold-out, IoU is of what was learnt from
    /// What is missing for a hold-out, a sentence; empty where there was one or none was asked for.
    std::string missing;
    double iouBefore = 0;
    double iouAfter = 0; ///< with the weights that were kept
    int bestStep = 0;    ///< whose weights were kept
};

struct TrainingResult {
    std::vector<double> losses;       ///< one per step
    std::vector<MeasuredAt> course;   ///< IoU on what it was measured on, before, while and after it learnt
    std::optional<Measured> measured; ///< none where nothing was to be measured
    /// Of the confidence, as it is now; none where nothing was measured, or none makes it better.
    std::optional<models::Calibration> calibration;
    std::vector<std::string> notes; ///< what the user should know, each a sentence
};

/// What was measured and on what, for people: "IoU on 2 glaciers it did not learn from: 0.914 → 0.921.";
/// without a hold-out it says so, and what is missing for one.
std::string sentenceOf(const Measured& measured);
/// True where a hold-out says that what was learnt helps elsewhere; without one nobody knows.
bool helps(const std::optional<Measured>& measured);

/// Where an expert has looked when they corrected these glaciers: the outlines grown by `distance` (m).
geo::MultiPolygon lookedAtAround(const std::vector<geo::MultiPolygon>& corrected, double distance);

/// Learns from the areas; the network is changed in place. Some of the reviewed glaciers are held out, where
/// there are enough (training/hold_out.h): what was learnt is measured on them, now and then while it learns;
/// the weights that do best there are kept, and it ends where they stay the best for long. Throws Error
/// (nothing to learn from, missing bands); Cancelled, with the network as far as it came.
TrainingResult train(models::Network& network, const models::Manifest& manifest,
                     const std::vector<TrainingArea>& areas, const TrainingOptions& options,
                     const Progress& progress);

/// By these words a fine-tuned model's provenance says that it was shown again what it knew.
inline constexpr std::string_view replayedWords = "replayed against forgetting";

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
