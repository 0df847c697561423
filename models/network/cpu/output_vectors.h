// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/network_spec.h"
#include "network/cpu/convolution.h"
#include "network/cpu/folded.h"

#include <vector>

namespace nunatak::models::cpu {

/// After the last leaky ReLU of the ResU-Net everything is linear and only the difference of two outputs
/// counts. So the projection beside the last two convolutions, the layer after them and the output layer are
/// dot products of a pixel's channels with these vectors: logit = bias + Σ of the three.
struct OutputVectors {
    OutputVectors(const NetworkSpec& spec, const Weights& weights);

    std::vector<double> ofActivated; ///< the last activation
    std::vector<double> ofJoined;    ///< the last joined map
    std::vector<double> ofEncoded;   ///< what the ResU-Net refines; empty in the ResU-Net alone
    float bias = 0;
};

/// As a map of `channels` channels lies.
Floats placed(const std::vector<double>& values, int channels, const Place& place);

} // namespace nunatak::models::cpu
