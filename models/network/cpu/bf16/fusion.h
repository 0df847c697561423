// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/network_spec.h"
#include "network/cpu/bf16/convolution.h"
#include "network/cpu/channel_weights.h"

namespace nunatak::models::cpu::bf16 {

/// The fusion of the features as in float32 (network/cpu/fusion.h). The first convolution of each works on
/// float32: a reflectance or a height has no digits to spare.
class Fusion {
public:
    Fusion(const cpu::Kernels& kernels, const NetworkSpec& spec, const Weights& weights);

    /// features: (bands, tile, tile) each, in the order of the spec. `input`, `between` and `branch` are
    /// scratch; input holds tile² · mostBands() floats.
    void run(const Workspace& work, const std::vector<const float*>& features, const float* location,
             float* input, const Map& between, const Map& branch, const Map& out) const;

private:
    struct Branch {
        int bands = 0;
        FirstConvolution first;
        Convolution second;
        ChannelWeights weights;
    };

    void runFirst(const Workspace& work, const Branch& branch, const cpu::Map& in, const Map& out) const;

    std::vector<Branch> m_branches;
    LocationCode m_location;
};

} // namespace nunatak::models::cpu::bf16
