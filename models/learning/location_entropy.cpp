// SPDX-License-Identifier: GPL-3.0-or-later
#include "learning/location_entropy.h"

#include "learning/learning_layers.h"
#include "network/batch_tensors.h"

#include <cmath>

#include <ATen/ops/log_softmax.h>

namespace nunatak::models {

LocationEntropy locationEntropy(const NetworkSpec& spec, const WeightStore& store, GlaViTUInput input,
                                const at::Tensor& weights) {
    input.location = input.location.clone().requires_grad_(true);
    LearningLayers layers(store, [](const std::string&) { return false; }, {});
    const auto output = runGlaViTU(spec, layers, input);
    const auto surprise = at::log_softmax(layers.project("heads/output", output.activations, true), 1);
    const auto entropy = -((surprise.exp() * surprise).sum(1) * weights).sum() / std::log(2.0);
    entropy.backward();
    return {entropy.item<double>(), fromDevice(input.location.grad())};
}

} // namespace nunatak::models
