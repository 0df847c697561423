// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/image.h"
#include "base/progress.h"
#include "models/network.h"
#include "models/registry.h"
#include "prediction/calibration.h"
#include "prediction/predict_scene.h"
#include "scene/scene_reader.h"

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

// bf16 is faster where the processor has matrix units for it; a check says for which models it
// draws the same outlines.
namespace nunatak::prediction {

/// Compares what a network says of the same tiles in float32 and in bf16.
class PrecisionComparison {
public:
    /// Outlines alone: probabilities of glacier, NaN where there is none; the classes are smoothed as
    /// outlines are by default.
    void add(const Image<float>& float32, const Image<float>& bfloat16);
    /// Outlines and calibration, where the truth is known (1 glacier, 0 background, 255 not known).
    void add(const Image<float>& float32, const Image<float>& bfloat16, const Image<std::uint8_t>& truth);

    /// None when there was too little ice to tell an IoU of 0.999 from a worse one.
    std::optional<models::ReducedPrecisionCheck> check(const std::string& source) const;

private:
    std::size_t m_both = 0;
    std::size_t m_either = 0;
    int m_tiles = 0;
    bool m_hasTruth = false;
    ReliabilityCounter m_float32;
    ReliabilityCounter m_bfloat16;
};

/// Compares both on up to 32 tiles of a scene, drawn always alike.
/// @param location the vector the scene is predicted with, empty for networks without one
/// Throws Error, Cancelled.
std::optional<models::ReducedPrecisionCheck>
checkPrecision(models::ModelsModule& module, const models::StoredModel& model,
               const scene::SceneReader& scene, const models::DeviceOptions& device,
               const std::vector<float>& location, const Progress& progress);

/// The model as it is, or with Manifest::bfloat16 filled in: from what is kept about these weights in
/// `userModels` (the registry's folder of the user), else, where bf16 would be faster on the device, from
/// this scene. What was found is kept there by the weights' fingerprint, so that installed models, which
/// cannot be written, are checked once as well and no copy of them hides a newer one. Throws Error,
/// Cancelled.
models::StoredModel withPrecisionCheck(models::StoredModel model, models::ModelsModule& module,
                                       const scene::SceneReader& scene, const models::DeviceOptions& device,
                                       const std::vector<float>& location,
                                       const std::filesystem::path& userModels, const Progress& progress);

/// withPrecisionCheck() for a prediction with precision "auto"; for any other, or a scene that lacks bands
/// the model needs, the model as it is.
models::StoredModel checkedIfNeeded(const models::StoredModel& model, models::ModelsModule& module,
                                    const scene::SceneReader& scene, const PredictOptions& options,
                                    const std::filesystem::path& userModels, const Progress& progress);

/// What "auto", "float32", "bf16" or "fp16" means for a model on a device. Auto takes bf16 where it is faster
/// and the model's check allows it, else float32. Throws Error when the text is another or the device cannot
/// do it.
models::Precision precisionFor(const models::Manifest& model, models::ModelsModule& module,
                               const std::string& device, const std::string& precision);

} // namespace nunatak::prediction
