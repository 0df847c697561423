// SPDX-License-Identifier: GPL-3.0-or-later
#include "network/cpu/folded.h"

#include <cmath>

namespace nunatak::models::cpu {

namespace {

constexpr double batchNormEpsilon = 1e-3;

} // namespace

Folded plainLayer(const Weights& weights, const std::string& layer, bool bias) {
    const auto kernel = weights(layer + "/kernel");
    Folded folded;
    folded.outputs = static_cast<int>(kernel.shape.at(0));
    folded.inputs = static_cast<int>(kernel.shape.at(1));
    for (std::size_t axis = 2; axis < kernel.shape.size(); ++axis) {
        folded.taps *= static_cast<int>(kernel.shape[axis]);
    }
    folded.kernel.assign(kernel.values.begin(), kernel.values.end());
    folded.bias.assign(static_cast<std::size_t>(folded.outputs), 0.0f);
    if (bias) {
        const auto values = weights(layer + "/bias").values;
        folded.bias.assign(values.begin(), values.end());
    }
    return folded;
}

Folded withNorm(const Weights& weights, const std::string& layer, const std::string& norm, bool bias) {
    auto folded = plainLayer(weights, layer, bias);
    const auto gamma = weights(norm + "/gamma").values;
    const auto beta = weights(norm + "/beta").values;
    const auto mean = weights(norm + "/moving_mean").values;
    const auto variance = weights(norm + "/moving_variance").values;
    const std::size_t each = folded.kernel.size() / static_cast<std::size_t>(folded.outputs);
    for (std::size_t output = 0; output < static_cast<std::size_t>(folded.outputs); ++output) {
        const double factor = gamma[output] / std::sqrt(variance[output] + batchNormEpsilon);
        for (std::size_t i = output * each; i < (output + 1) * each; ++i) {
            folded.kernel[i] = static_cast<float>(folded.kernel[i] * factor);
        }
        const double centred = static_cast<double>(folded.bias[output]) - static_cast<double>(mean[output]);
        folded.bias[output] = static_cast<float>(beta[output] + centred * factor);
    }
    return folded;
}

Folded joined(const Folded& first, const Folded& second) {
    Folded both;
    both.outputs = second.outputs;
    both.inputs = first.inputs;
    both.taps = first.taps;
    for (int output = 0; output < second.outputs; ++output) {
        double bias = second.bias[static_cast<std::size_t>(output)];
        for (int middle = 0; middle < second.inputs; ++middle) {
            bias += static_cast<double>(second.at(output, middle)) *
                    static_cast<double>(first.bias[static_cast<std::size_t>(middle)]);
        }
        both.bias.push_back(static_cast<float>(bias));
        for (int input = 0; input < first.inputs; ++input) {
            for (int tap = 0; tap < first.taps; ++tap) {
                double sum = 0;
                for (int middle = 0; middle < second.inputs; ++middle) {
                    sum += static_cast<double>(second.at(output, middle)) *
                           static_cast<double>(first.at(middle, input, tap));
                }
                both.kernel.push_back(static_cast<float>(sum));
            }
        }
    }
    return both;
}

} // namespace nunatak::models::cpu
