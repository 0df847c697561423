// SPDX-License-Identifier: GPL-3.0-or-later
#include "network/cpu/refiner.h"

#include "network/cpu/output_vectors.h"

#include <algorithm>

namespace nunatak::models::cpu {

namespace {

std::size_t floatsOf(int tile, int level, int channels) {
    const auto side = static_cast<std::size_t>(tile >> level);
    return side * side * static_cast<std::size_t>(channels);
}

} // namespace

Refiner::Refiner(const Kernels& kernels, const NetworkSpec& spec, const Weights& weights)
    : m_tile(spec.tile), m_filters(spec.filters), m_addsEncoded(spec.architecture == "glavitu") {
    for (int level = 0; level < 4; ++level) {
        m_channels[static_cast<std::size_t>(level)] = padded(spec.filters << level);
    }
    for (std::size_t level = 0; level < 4; ++level) {
        m_encoder[level] = Residual(kernels, weights, "unet/encoder" + std::to_string(level + 1),
                                    m_channels[level == 0 ? 0 : level - 1], samePlace);
    }
    for (std::size_t level = 0; level < 3; ++level) {
        const auto name = "unet/decoder" + std::to_string(3 - level);
        m_up[level] = UpConvolution(kernels, withNorm(weights, name + "/up", name + "/up_norm", false));
        m_decoder[level] =
            Residual(kernels, weights, name, 2 * m_channels[level], joinedPlace(spec.filters << level));
    }
    const OutputVectors output(spec, weights);
    m_ofActivated = placed(output.ofActivated, m_channels[0], samePlace);
    m_ofJoined = placed(output.ofJoined, 2 * m_channels[0], joinedPlace(spec.filters));
    if (!output.ofEncoded.empty()) {
        m_ofEncoded = placed(output.ofEncoded, m_channels[0], samePlace);
    }
    m_bias = output.bias;
    auto features = plainLayer(weights, "unet/features", true);
    m_joinedFeatures =
        PointConvolution(kernels, joined(plainLayer(weights, "unet/decoder3/projection", false), features),
                         2 * m_channels[0], joinedPlace(spec.filters));
    std::fill(features.bias.begin(), features.bias.end(), 0.0f);
    m_features = PointConvolution(kernels, features, m_channels[0], samePlace);
}

Refiner::Memory::Memory(int tile, int filters) {
    for (int level = 0; level < 4; ++level) {
        const auto index = static_cast<std::size_t>(level);
        const int channels = padded(filters << level);
        between[index] = Floats(floatsOf(tile, level, channels));
        if (level > 0) {
            pooled[index] = Floats(floatsOf(tile, level, channels));
        }
        if (level < 3) {
            joined[index] = Floats(floatsOf(tile, level, 2 * channels));
        }
    }
    deepest = Floats(floatsOf(tile, 3, padded(filters << 3)));
}

Map Refiner::mapOf(Floats& floats, int level, int channels) const {
    return {floats.data(), m_tile >> level, m_tile >> level, channels, channels};
}

void Refiner::run(const Workspace& work, Memory& memory, const Map& encoded, float* probability) const {
    encode(work, memory, encoded);
    std::fill(probability, probability + encoded.pixels(), m_bias);
    if (m_ofEncoded.size() > 0) {
        addDots(work, encoded, m_ofEncoded, probability);
    }
    const Map both = decode(work, memory);
    addDots(work, both, m_ofJoined, probability);
    m_decoder[0].runPair(work, both, mapOf(memory.between[0], 0, m_channels[0]), encoded);
    addDots(work, encoded, m_ofActivated, probability);
    work.kernels.logistic(probability, encoded.pixels());
}

void Refiner::activations(const Workspace& work, Memory& memory, const Map& encoded, float* out) const {
    encode(work, memory, encoded);
    const Map both = decode(work, memory);
    Floats floats(floatsOf(m_tile, 0, m_channels[0]));
    const Map sum = mapOf(floats, 0, m_channels[0]);
    m_joinedFeatures.run(work, both, sum, 1, m_addsEncoded ? encoded : Map());
    m_decoder[0].runPair(work, both, mapOf(memory.between[0], 0, m_channels[0]), encoded);
    m_features.run(work, encoded, sum, 1, sum);
    const std::ptrdiff_t pixels = sum.pixels();
    work.team.share(sum.rows, [&](int row, int) {
        const float* from = sum.row(row);
        for (int column = 0; column < sum.columns; ++column, from += sum.stride) {
            float* to = out + static_cast<std::ptrdiff_t>(row) * sum.columns + column;
            for (int channel = 0; channel < m_filters; ++channel) {
                to[channel * pixels] = from[channel];
            }
        }
    });
}

void Refiner::encode(const Workspace& work, Memory& memory, const Map& encoded) const {
    Map in = encoded;
    for (int level = 0; level < 4; ++level) {
        const auto index = static_cast<std::size_t>(level);
        const int channels = m_channels[index];
        const Map out = level < 3 ? mapOf(memory.joined[index], level, 2 * channels).slice(channels, channels)
                                  : mapOf(memory.deepest, level, channels);
        m_encoder[index].run(work, in, mapOf(memory.between[index], level, channels), out);
        if (level < 3) {
            in = mapOf(memory.pooled[index + 1], level + 1, channels);
            maxPool(work, out, in);
        }
    }
}

Map Refiner::decode(const Workspace& work, Memory& memory) const {
    Map in = mapOf(memory.deepest, 3, m_channels[3]);
    for (int level = 2; level >= 0; --level) {
        const auto index = static_cast<std::size_t>(level);
        const int channels = m_channels[index];
        const Map both = mapOf(memory.joined[index], level, 2 * channels);
        m_up[index].run(work, in, both.slice(0, channels));
        work.check();
        if (level > 0) {
            in = mapOf(memory.pooled[index], level, channels);
            m_decoder[index].run(work, both, mapOf(memory.between[index], level, channels), in);
        }
    }
    return mapOf(memory.joined[0], 0, 2 * m_channels[0]);
}

void Refiner::addDots(const Workspace& work, const Map& map, const Floats& weights, float* logits) const {
    work.team.share(map.rows, [&](int row, int) {
        work.kernels.dot(map.row(row), map.stride, map.columns, map.channels, weights.data(),
                         logits + static_cast<std::ptrdiff_t>(row) * map.columns);
    });
}

} // namespace nunatak::models::cpu
