// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/network_spec.h"
#include "network/cpu/folded.h"
#include "network/cpu/memory.h"

#include <string>
#include <vector>

// What the fusion of the features does with vectors, the same whatever its maps are.
namespace nunatak::models::cpu {

/// Squeeze and excitation: the weight of each channel of a feature's map.
class ChannelWeights {
public:
    ChannelWeights(const Weights& weights, const std::string& feature);

    /// rowSums: (rows, stride), over the pixels of each row; sums by row do not depend on how many threads
    /// made them. `count` weights, those past the feature's channels are zero.
    std::vector<float> of(const Floats& rowSums, int rows, int stride, std::ptrdiff_t pixels,
                          int count) const;

private:
    Folded m_squeeze;
    Folded m_excite;
};

/// The two dense layers that make of a location vector what is added to every pixel.
class LocationCode {
public:
    LocationCode(const NetworkSpec& spec, const Weights& weights);

    /// `count` values; all zero for a network that knows no location.
    std::vector<float> of(const float* location, int count) const;

private:
    std::vector<Folded> m_layers;
};

} // namespace nunatak::models::cpu
