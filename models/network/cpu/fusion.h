// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/network_spec.h"
#include "network/cpu/residual.h"

#include <vector>

namespace nunatak::models::cpu {

/// Each feature's own two convolutions, weighted by squeeze and excitation, and their sum; the location's
/// code is added to it.
class Fusion {
public:
    Fusion(const Kernels& kernels, const NetworkSpec& spec, const Weights& weights);

    /// features: (bands, tile, tile) each, in the order of the spec. `input`, `between` and `branch` are
    /// scratch; input holds tile² · maxBands() floats.
    void run(const Workspace& work, const std::vector<const float*>& features, const float* location,
             float* input, const Map& between, const Map& branch, const Map& out) const;
    int maxBands() const;

private:
    struct Branch {
        int bands = 0;
        FirstConvolution first;
        WinogradConvolution second;
        Folded squeeze;
        Folded excite;
    };

    std::vector<float> encode(const float* location) const;
    std::vector<float> excitation(const Workspace& work, const Branch& branch, const Map& map) const;

    std::vector<Branch> m_branches;
    std::vector<Folded> m_location; ///< two dense layers, or none
};

} // namespace nunatak::models::cpu
