// SPDX-License-Identifier: GPL-3.0-or-later
#include "network/cpu/bf16/refiner.h"

#include "network/cpu/output_vectors.h"
#include "network/cpu/residual.h"

#include <algorithm>

namespace nunatak::models::cpu::bf16 {

Refiner::Refiner(const NetworkSpec& spec, const Weights& weights) {
    auto channels = [&](std::size_t level) { return padded(spec.filters << level); };
    for (std::size_t level = 0; level < 4; ++level) {
        m_encoder[level] = Residual(weights, "unet/encoder" + std::to_string(level + 1),
                                    channels(level == 0 ? 0 : level - 1), samePlace);
    }
    for (std::size_t level = 0; level < 3; ++level) {
        const auto name = "unet/decoder" + std::to_string(3 - level);
        m_up[level] =
            UpConvolution(withNorm(weights, name + "/up", name + "/up_norm", false), channels(level + 1));
        m_decoder[level] = Residual(weights, name, 2 * channels(level), joinedPlace(spec.filters << level));
    }
    const OutputVectors output(spec, weights);
    m_ofActivated = placed(output.ofActivated, channels(0), samePlace);
    m_ofJoined = placed(output.ofJoined, 2 * channels(0), joinedPlace(spec.filters));
    if (!output.ofEncoded.empty()) {
        m_ofEncoded = placed(output.ofEncoded, channels(0), samePlace);
    }
    m_bias = output.bias;
}

Refiner::Memory::Memory(int tile, int filters) {
    for (int level = 0; level < 4; ++level) {
        const auto index = static_cast<std::size_t>(level);
        const int side = tile >> level;
        const int channels = padded(filters << level);
        between[index] = MapMemory(side, side, channels);
        if (level > 0) {
            // The encoder's level takes what the one above made, the decoder's gives what it makes itself.
            pooled[index] = MapMemory(side, side, channels);
        }
        if (level < 3) {
            joined[index] = MapMemory(side, side, 2 * channels);
        }
    }
    deepest = MapMemory(tile >> 3, tile >> 3, padded(filters << 3));
}

void Refiner::run(const Workspace& work, Memory& memory, const Map& encoded, float* probability) const {
    encode(work, memory, encoded);
    std::fill(probability, probability + encoded.pixels(), m_bias);
    if (m_ofEncoded.size() > 0) {
        addDots(work, encoded, m_ofEncoded, probability);
    }
    decode(work, memory, probability);
    work.shared.kernels.logistic(probability, encoded.pixels());
}

void Refiner::encode(const Workspace& work, Memory& memory, const Map& encoded) const {
    Map in = encoded;
    for (std::size_t level = 0; level < 4; ++level) {
        const Map between = memory.between[level].map();
        const int channels = between.channels;
        const Map out =
            level < 3 ? memory.joined[level].map().slice(channels, channels) : memory.deepest.map();
        m_encoder[level].run(work, in, between, out);
        if (level < 3) {
            // The map is as wide as the level's own; what is pooled is half of that.
            in = memory.pooled[level + 1].map().slice(0, channels);
            maxPool(work, out, in);
        }
    }
}

void Refiner::decode(const Workspace& work, Memory& memory, float* logits) const {
    Map in = memory.deepest.map();
    for (std::size_t level = 3; level-- > 0;) {
        const Map both = memory.joined[level].map();
        const Map between = memory.between[level].map();
        m_up[level].run(work, in, both.slice(0, between.channels));
        if (level > 0) {
            in = memory.pooled[level].map();
            m_decoder[level].run(work, both, between, in);
        } else {
            addDots(work, both, m_ofJoined, logits);
            m_decoder[level].runInto(work, both, between, m_ofActivated.data(), logits);
        }
    }
}

void Refiner::addDots(const Workspace& work, const Map& map, const Floats& weights, float* logits) const {
    work.team().share(map.rows, [&](int row, int) {
        work.kernels.dot(map.row(row), map.stride, map.columns, map.channels, weights.data(),
                         logits + static_cast<std::ptrdiff_t>(row) * map.columns);
    });
}

} // namespace nunatak::models::cpu::bf16
