// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/network.h"
#include "network/glavitu.h"
#include "network/weight_store.h"

namespace nunatak::models {

/// How unsure the network is, and the way down (bias optimisation, Maslov et al. 2025). Leaves weights and
/// their gradients alone.
/// @param weights (N, tile, tile): how much each pixel counts
LocationEntropy locationEntropy(const NetworkSpec& spec, const WeightStore& store, GlaViTUInput input,
                                const at::Tensor& weights);

} // namespace nunatak::models
