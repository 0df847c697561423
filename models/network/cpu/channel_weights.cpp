// SPDX-License-Identifier: GPL-3.0-or-later
#include "network/cpu/channel_weights.h"

#include "network/cpu/residual.h"

#include <algorithm>
#include <cmath>

namespace nunatak::models::cpu {

namespace {

constexpr float locationSlope = 0.3f;

std::vector<float> dense(const Folded& layer, const float* in) {
    std::vector<float> out;
    for (int output = 0; output < layer.outputs; ++output) {
        double sum = layer.bias[static_cast<std::size_t>(output)];
        for (int input = 0; input < layer.inputs; ++input) {
            sum += static_cast<double>(layer.at(output, input)) * static_cast<double>(in[input]);
        }
        out.push_back(static_cast<float>(sum));
    }
    return out;
}

void leaky(std::vector<float>& values, float slope) {
    for (auto& value : values) {
        value = std::max(value, value * slope);
    }
}

} // namespace

ChannelWeights::ChannelWeights(const Weights& weights, const std::string& feature)
    : m_squeeze(plainLayer(weights, feature + "/squeeze", true)),
      m_excite(plainLayer(weights, feature + "/excite", true)) {}

std::vector<float> ChannelWeights::of(const Floats& rowSums, int rows, int stride, std::ptrdiff_t pixels,
                                      int count) const {
    std::vector<float> mean;
    for (int channel = 0; channel < m_squeeze.inputs; ++channel) {
        double sum = 0;
        for (int row = 0; row < rows; ++row) {
            sum += static_cast<double>(rowSums.data()[row * stride + channel]);
        }
        mean.push_back(static_cast<float>(sum / static_cast<double>(pixels)));
    }
    auto hidden = dense(m_squeeze, mean.data());
    leaky(hidden, usualSlope);
    auto values = dense(m_excite, hidden.data());
    for (auto& value : values) {
        value = 1 / (1 + std::exp(-value));
    }
    values.resize(static_cast<std::size_t>(count));
    return values;
}

LocationCode::LocationCode(const NetworkSpec& spec, const Weights& weights) {
    if (spec.location > 0) {
        m_layers = {withNorm(weights, "location/dense1", "location/norm1", true),
                    withNorm(weights, "location/dense2", "location/norm2", true)};
    }
}

std::vector<float> LocationCode::of(const float* location, int count) const {
    std::vector<float> code;
    for (const auto& layer : m_layers) {
        code = dense(layer, code.empty() ? location : code.data());
        leaky(code, locationSlope);
    }
    code.resize(static_cast<std::size_t>(count));
    return code;
}

} // namespace nunatak::models::cpu
