// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <vector>

namespace nunatak::models::cpu {

/// A weight as it is stored.
struct WeightView {
    std::vector<std::int64_t> shape;
    std::span<const float> values;
};
/// By name.
using Weights = std::function<WeightView(const std::string& name)>;

/// A convolution or dense layer with what follows it folded in: out[o] = bias[o] + Σ kernel[o][i][tap] · x.
struct Folded {
    int outputs = 0;
    int inputs = 0;
    int taps = 1; ///< of the kernel, row after row
    std::vector<float> kernel;
    std::vector<float> bias;

    float at(int output, int input, int tap = 0) const {
        return kernel[static_cast<std::size_t>((output * inputs + input) * taps + tap)];
    }
};

/// The layer alone; `bias` says whether it has one.
Folded plainLayer(const Weights& weights, const std::string& layer, bool bias);
/// With the BatchNorm after it.
Folded withNorm(const Weights& weights, const std::string& layer, const std::string& norm, bool bias);
/// Two linear layers as one; the second has one tap.
Folded joined(const Folded& first, const Folded& second);

} // namespace nunatak::models::cpu
