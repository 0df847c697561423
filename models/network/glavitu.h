// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/network_spec.h"
#include "network/layers.h"

#include <vector>

namespace nunatak::models {

struct GlaViTUInput {
    std::vector<at::Tensor> features; ///< (N, bands, tile, tile), in the order of the spec
    at::Tensor location;              ///< (N, length); undefined where the network has none
};

struct GlaViTUOutput {
    at::Tensor activations;      ///< (N, filters, tile, tile), what the output layer sees
    at::Tensor earlyActivations; ///< what the deep supervision sees: before the ResU-Net
};

/// GlaViTU (Maslov et al. 2025): fusion of the features with squeeze and excitation, a transformer on patches
/// of 16 × 16 with a progressive upsampling decoder, and a ResU-Net that refines their sum.
GlaViTUOutput runGlaViTU(const NetworkSpec& spec, Layers& layers, const GlaViTUInput& input);

} // namespace nunatak::models
