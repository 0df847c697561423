// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/network_spec.h"
#include "network/cpu/residual.h"

#include <array>
#include <vector>

namespace nunatak::models::cpu {

/// The ResU-Net with the output layer behind it: a map's channels → the probability of glacier. Its linear
/// end is dot products (output_vectors.h).
class Refiner {
public:
    Refiner(const Kernels& kernels, const NetworkSpec& spec, const Weights& weights);

    struct Memory {
        Memory(int tile, int filters);
        /// Level i has tile / 2^i rows and filters · 2^i channels.
        std::array<Floats, 4> between;
        std::array<Floats, 4> pooled; ///< input of a level; of the decoder's, its output
        std::array<Floats, 3> joined; ///< [enlarged, skipped]
        Floats deepest;
    };

    /// `encoded` is written over. `probability` has a value for every pixel.
    void run(const Workspace& work, Memory& memory, const Map& encoded, float* probability) const;
    /// What the output layer would see instead, of each pixel as many values as there are filters; channel
    /// after channel, as the spec counts them.
    void activations(const Workspace& work, Memory& memory, const Map& encoded, float* out) const;

private:
    void encode(const Workspace& work, Memory& memory, const Map& encoded) const;
    /// The last joined map.
    Map decode(const Workspace& work, Memory& memory) const;
    void addDots(const Workspace& work, const Map& map, const Floats& weights, float* logits) const;
    Map mapOf(Floats& floats, int level, int channels) const;

    int m_tile = 0;
    int m_filters = 0;
    bool m_addsEncoded = false;
    std::array<int, 4> m_channels{}; ///< of the levels, padded
    std::array<Residual, 4> m_encoder;
    std::array<UpConvolution, 3> m_up;
    std::array<Residual, 3> m_decoder;
    PointConvolution m_features;       ///< the layer before the output layer, of the last activation
    PointConvolution m_joinedFeatures; ///< the same, of the last joined map, with its bias
    Floats m_ofEncoded;                ///< weights of `encoded` in the output; empty in the ResU-Net alone
    Floats m_ofJoined;                 ///< of the last joined map
    Floats m_ofActivated;              ///< of the last activation
    float m_bias = 0;
};

} // namespace nunatak::models::cpu
