// SPDX-License-Identifier: GPL-3.0-or-later
#include "network/cpu/convolution.h"
#include "network/cpu/token_blocks.h"

#include <algorithm>

namespace nunatak::models::cpu {

TokenBlocks::TokenBlocks(const Kernels& kernels, const NetworkSpec& spec, const Weights& weights)
    : m_kernels(kernels), m_side(spec.tile / patchSide), m_tokens(m_side * m_side), m_width(spec.embedding),
      m_paddedWidth(padded(spec.embedding)), m_heads(spec.heads), m_key(spec.embedding / spec.heads),
      m_paddedKey(padded(m_key)), m_hidden(padded(spec.mlp)),
      m_positions(static_cast<std::size_t>(m_tokens * m_paddedWidth)) {
    const auto positions = weights("transformer/positional_embedding").values;
    for (int token = 0; token < m_tokens; ++token) {
        std::copy_n(positions.data() + token * m_width, m_width, m_positions.data() + token * m_paddedWidth);
    }
    for (int i = 1; i <= spec.blocks; ++i) {
        const auto name = "transformer/block" + std::to_string(i);
        m_blocks.push_back({norm(weights, name + "/norm1"), inputLayer(weights, name + "/attention"),
                            outputLayer(weights, name + "/attention/output"), norm(weights, name + "/norm2"),
                            denseLayer(weights, name + "/mlp1"), denseLayer(weights, name + "/mlp2")});
    }
}

std::vector<Folded> tokenDecoder(const Weights& weights) {
    std::vector<Folded> layers;
    for (int step = 1; step <= 4; ++step) {
        const auto number = std::to_string(step);
        layers.push_back(
            withNorm(weights, "transformer/up/conv" + number, "transformer/up/norm" + number, true));
    }
    layers.back() = joined(layers.back(), plainLayer(weights, "transformer/up/projection", true));
    return layers;
}

TokenBlocks::Norm TokenBlocks::norm(const Weights& weights, const std::string& name) const {
    const auto gamma = weights(name + "/gamma").values;
    const auto beta = weights(name + "/beta").values;
    return {{gamma.begin(), gamma.end()}, {beta.begin(), beta.end()}};
}

TokenBlocks::Dense TokenBlocks::denseLayer(const Weights& weights, const std::string& name) const {
    const auto layer = plainLayer(weights, name, true);
    return {PackedMatrix(m_kernels, layer.inputs, layer.outputs,
                         [&](int input, int output) { return layer.at(output, input); }),
            paddedBias(layer, padded(layer.outputs))};
}

TokenBlocks::Dense TokenBlocks::inputLayer(const Weights& weights, const std::string& name) const {
    const Folded parts[3] = {plainLayer(weights, name + "/query", true),
                             plainLayer(weights, name + "/key", true),
                             plainLayer(weights, name + "/value", true)};
    const int all = m_heads * m_paddedKey;
    Dense dense;
    dense.bias = Floats(static_cast<std::size_t>(3 * all));
    // Which of a part's outputs a column is; −1: padding of a head.
    auto outputAt = [&](int column) {
        const int head = column % all / m_paddedKey;
        const int i = column % m_paddedKey;
        return i < m_key ? head * m_key + i : -1;
    };
    dense.kernel = PackedMatrix(m_kernels, m_width, 3 * all, [&](int input, int column) {
        const int output = outputAt(column);
        return output < 0 ? 0.0f : parts[column / all].at(output, input);
    });
    for (int column = 0; column < 3 * all; ++column) {
        const int output = outputAt(column);
        dense.bias.data()[column] =
            output < 0 ? 0.0f : parts[column / all].bias[static_cast<std::size_t>(output)];
    }
    return dense;
}

TokenBlocks::Dense TokenBlocks::outputLayer(const Weights& weights, const std::string& name) const {
    const auto layer = plainLayer(weights, name, true);
    return {PackedMatrix(m_kernels, m_heads * m_paddedKey, layer.outputs,
                         [&](int row, int output) {
                             const int i = row % m_paddedKey;
                             return i < m_key ? layer.at(output, row / m_paddedKey * m_key + i) : 0.0f;
                         }),
            paddedBias(layer, padded(layer.outputs))};
}

} // namespace nunatak::models::cpu
