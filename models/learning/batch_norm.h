// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "network/torch_compat.h"

namespace nunatak::models {

struct BatchNormed {
    at::Tensor normed;
    at::Tensor mean;     ///< of the batch, by channel
    at::Tensor variance; ///< of the batch, by channel, biased
};

/// BatchNorm with the statistics of the batch, over all axes but the second; with a way back.
/// LibTorch's own is not used: on a processor it sums up in single precision where the channels come last,
/// too coarse for Keras' gradients, and in 1.13 its way back is wrong where the memory layouts of map and
/// gradient differ.
BatchNormed batchNorm(const at::Tensor& x, const at::Tensor& gamma, const at::Tensor& beta, double epsilon);

} // namespace nunatak::models
