// SPDX-License-Identifier: GPL-3.0-or-later
#include "network/batch_tensors.h"

#include "base/error.h"
#include "models/keras_layout.h"
#include "network/gpu_transfer.h"

#include <algorithm>
#include <cmath>

#include <ATen/ops/empty.h>
#include <ATen/ops/from_blob.h>

namespace nunatak::models {

namespace {

constexpr std::int64_t maxBatch = 4096;

void checkTensor(const std::string& what, const Tensor& tensor, const std::vector<std::int64_t>& shape) {
    std::size_t count = 1;
    for (const auto extent : shape) {
        count *= static_cast<std::size_t>(extent);
    }
    if (tensor.shape != shape || tensor.values.size() != count) {
        throw Error("The network needs " + what + " of shape " + shapeText(shape) + ", not " +
                    shapeText(tensor.shape) + ".");
    }
}

void checkFinite(const std::string& what, const Tensor& tensor) {
    if (!std::all_of(tensor.values.begin(), tensor.values.end(), [](float v) { return std::isfinite(v); })) {
        throw Error("The network cannot use " + what +
                    ": a value is infinite or not a number; gaps must be filled before.");
    }
}

/// The values seen as a tensor, without a copy.
at::Tensor view(const Tensor& tensor) {
    // from_blob asks for memory that may be written; nothing here does.
    return at::from_blob(const_cast<float*>(tensor.values.data()), tensor.shape, at::kFloat);
}

std::int64_t batchSize(const FeatureBatch& batch) {
    if (batch.features.empty() || batch.features.begin()->second.shape.empty()) {
        throw Error("The batch for the network has no features.");
    }
    const auto count = batch.features.begin()->second.shape[0];
    if (count < 1 || count > maxBatch) {
        throw Error("A batch for the network has " + std::to_string(count) + " tiles; it must have 1 to " +
                    std::to_string(maxBatch) + ".");
    }
    return count;
}

/// Weights that are finite and not negative, labels that are probabilities where somebody looked.
void checkLabels(const LearnBatch& batch, std::int64_t count, std::int64_t pixels) {
    for (std::int64_t tile = 0; tile < count; ++tile) {
        const auto* weights = batch.weights.values.data() + tile * pixels;
        const auto* labels = batch.labels.values.data() + 2 * tile * pixels;
        for (std::int64_t pixel = 0; pixel < pixels; ++pixel) {
            const float weight = weights[pixel];
            // Written so that a NaN fails.
            if (!(weight >= 0 && weight <= 1e6f)) {
                throw Error("A pixel's weight for learning is not a number between 0 and 1000000.");
            }
            const float ground = labels[pixel];
            const float glacier = labels[pixels + pixel];
            if (weight > 0 && !(ground >= 0 && ground <= 1 && glacier >= 0 && glacier <= 1)) {
                throw Error("A pixel's label for learning is not a probability between 0 and 1.");
            }
        }
    }
}

} // namespace

std::int64_t checkedBatchSize(const FeatureBatch& batch, const NetworkSpec& spec) {
    const auto count = batchSize(batch);
    for (const auto& feature : spec.features) {
        const auto found = batch.features.find(feature.name);
        if (found == batch.features.end()) {
            throw Error("The network needs the feature " + feature.name + ", which the batch lacks.");
        }
        const auto what = "the feature " + feature.name;
        checkTensor(what, found->second,
                    {count, static_cast<std::int64_t>(feature.bands.size()), spec.tile, spec.tile});
        checkFinite(what, found->second);
    }
    if (spec.location > 0) {
        if (!batch.location) {
            throw Error("The network needs a location vector of length " + std::to_string(spec.location) +
                        ".");
        }
        checkTensor("a location vector", *batch.location, {count, spec.location});
        checkFinite("the location vector", *batch.location);
    }
    return count;
}

GlaViTUInput toInput(const FeatureBatch& batch, const NetworkSpec& spec, const at::Device& device) {
    checkedBatchSize(batch, spec);
    GlaViTUInput input;
    for (const auto& feature : spec.features) {
        input.features.push_back(toDevice(view(batch.features.at(feature.name)), device)
                                     .contiguous(at::MemoryFormat::ChannelsLast));
    }
    if (spec.location > 0) {
        input.location = toDevice(view(*batch.location), device);
    }
    return input;
}

at::Tensor toPixelWeights(const Tensor& weights, std::int64_t tiles, const NetworkSpec& spec,
                          const at::Device& device) {
    checkTensor("pixel weights", weights, {tiles, spec.tile, spec.tile});
    if (!std::all_of(weights.values.begin(), weights.values.end(),
                     [](float weight) { return weight >= 0 && weight <= 1e6F; })) {
        throw Error("A pixel's weight is not a number between 0 and 1000000.");
    }
    return view(weights).to(device, at::kFloat, /*non_blocking=*/false, /*copy=*/true);
}

LearningStep toLearningStep(const LearnBatch& batch, const NetworkSpec& spec, const at::Device& device) {
    LearningStep step;
    step.input = toInput(batch.input, spec, device);
    step.dropoutSeed = batch.input.dropoutSeed;
    const auto count = batchSize(batch.input);
    const std::int64_t tile = spec.tile;
    checkTensor("labels", batch.labels, {count, 2, tile, tile});
    checkTensor("pixel weights", batch.weights, {count, tile, tile});
    checkLabels(batch, count, tile * tile);
    step.weights = view(batch.weights).to(device);
    step.labels = view(batch.labels).to(device).masked_fill((step.weights == 0).unsqueeze(1), 0);
    if (step.input.location.defined()) {
        // Its gradient may be asked for, so it must not be the caller's own memory.
        step.input.location = step.input.location.clone();
    }
    return step;
}

Tensor fromDevice(const at::Tensor& tensor) {
    const auto host = tensor.to(at::kCPU).contiguous();
    const auto* values = host.data_ptr<float>();
    return {host.sizes().vec(), {values, values + host.numel()}};
}

} // namespace nunatak::models
