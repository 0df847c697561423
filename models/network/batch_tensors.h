// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "learning/learner.h"
#include "models/network.h"

namespace nunatak::models {

/// How many tiles a batch has. Throws Error naming the feature that is missing, of another shape or not
/// finite.
std::int64_t checkedBatchSize(const FeatureBatch& batch, const NetworkSpec& spec);
/// A batch on the device, checked against the network's spec: throws Error naming the feature that is
/// missing, of another shape or not finite. May use the memory of `batch`, which must outlive the result.
GlaViTUInput toInput(const FeatureBatch& batch, const NetworkSpec& spec, const at::Device& device);
/// The same with labels and weights. Labels of pixels with weight 0 are not looked at, whatever they are.
LearningStep toLearningStep(const LearnBatch& batch, const NetworkSpec& spec, const at::Device& device);

/// A weight for each pixel of so many tiles. Throws Error where one is not a number from 0 on.
at::Tensor toPixelWeights(const Tensor& weights, std::int64_t tiles, const NetworkSpec& spec,
                          const at::Device& device);

/// A result in the program's memory.
Tensor fromDevice(const at::Tensor& tensor);

} // namespace nunatak::models
