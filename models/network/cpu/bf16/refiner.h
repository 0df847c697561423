// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/network_spec.h"
#include "network/cpu/bf16/residual.h"

#include <array>

namespace nunatak::models::cpu::bf16 {

/// The ResU-Net with the output layer behind it, as in float32 (network/cpu/refiner.h). The last activation
/// is never rounded: outlines would move.
class Refiner {
public:
    Refiner(const NetworkSpec& spec, const Weights& weights);

    struct Memory {
        Memory(int tile, int filters);
        /// Level i has tile / 2^i rows and filters · 2^i channels.
        std::array<MapMemory, 4> between;
        std::array<MapMemory, 4> pooled; ///< input of a level; of the decoder's, its output
        std::array<MapMemory, 3> joined; ///< [enlarged, skipped]
        MapMemory deepest;
    };

    /// `probability` has a value for every pixel.
    void run(const Workspace& work, Memory& memory, const Map& encoded, float* probability) const;

private:
    void encode(const Workspace& work, Memory& memory, const Map& encoded) const;
    void decode(const Workspace& work, Memory& memory, float* logits) const;
    void addDots(const Workspace& work, const Map& map, const Floats& weights, float* logits) const;

    std::array<Residual, 4> m_encoder;
    std::array<UpConvolution, 3> m_up;
    std::array<Residual, 3> m_decoder;
    Floats m_ofEncoded; ///< see output_vectors.h
    Floats m_ofJoined;
    Floats m_ofActivated;
    float m_bias = 0;
};

} // namespace nunatak::models::cpu::bf16
