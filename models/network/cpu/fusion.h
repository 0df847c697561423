// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/network_spec.h"
#include "network/cpu/channel_weights.h"
#include "network/cpu/residual.h"

#include <vector>

namespace nunatak::models::cpu {

/// Each feature's own two convolutions, weighted by squeeze and excitation, and their sum; the location's
/// code is added to it.
class Fusion {
public:
    Fusion(const Kernels& kernels, const NetworkSpec& spec, const Weights& weights);

    /// features: (bands, tile, tile) each, in the order of the spec. `input`, `between` and `branch` are
    /// scratch; input holds tile² · mostBands() floats.
    void run(const Workspace& work, const std::vector<const float*>& features, const float* location,
             float* input, const Map& between, const Map& branch, const Map& out) const;

private:
    struct Branch {
        int bands = 0;
        FirstConvolution first;
        WinogradConvolution second;
        ChannelWeights weights;
    };

    std::vector<Branch> m_branches;
    LocationCode m_location;
};

/// Bands one after the other → the bands of a pixel together.
void interleave(const Workspace& work, const float* from, int bands, int rows, int columns, float* to);

/// Of the feature that has most.
int mostBands(const NetworkSpec& spec);

} // namespace nunatak::models::cpu
