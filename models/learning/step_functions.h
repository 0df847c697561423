// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "learning/step_engine.h"

#include <optional>

namespace nunatak::models {

/// Which convolution stands before a BatchNorm.
enum class StepConvolution {
    Three, ///< 3 × 3 "same"
    First, ///< 3 × 3 "same" of an input, whose channels need not be sixteens and which asks for no gradient
    Up,    ///< nearest × 2, then 2 × 2 (padded below and on the right), without bias
};

struct StepNorm {
    at::Tensor gamma;
    at::Tensor beta;
    double epsilon = 0;
    double slope = 1; ///< of the leaky ReLU after it; 1: none
    /// Moving statistics; those that are used where `ofBatch` is false.
    at::Tensor mean;
    at::Tensor variance;
    bool ofBatch = true;
};

struct StepNormed {
    at::Tensor map;
    /// Of the batch, by channel (biased variance); undefined where moving statistics were used.
    at::Tensor mean;
    at::Tensor variance;
};

/// Convolution, BatchNorm and leaky ReLU with a way back, by the program's own loops. Kept for the way back
/// are the input and what the convolution made of it; the bias, which BatchNorm takes away again, is added to
/// the mean alone. x: float32 on the processor; kernel (outputs, inputs, h, w) with outputs in sixteens; bias
/// may be undefined.
StepNormed convNormStep(StepEngine& engine, StepConvolution kind, const at::Tensor& x,
                        const at::Tensor& kernel, const at::Tensor& bias, const StepNorm& norm);

} // namespace nunatak::models
