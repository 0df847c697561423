// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/network_spec.h"
#include "network/cpu/residual.h"

#include <vector>

namespace nunatak::models::cpu {

/// Patches of 16 × 16 pixels as tokens, transformer blocks over them, and the decoder that makes a map of the
/// tile's size again.
class Transformer {
public:
    Transformer(const Kernels& kernels, const NetworkSpec& spec, const Weights& weights);

    /// What the tokens need; one for each tile that is worked on at a time.
    struct Memory {
        Memory(const Transformer& transformer);
        Floats tokens;
        Floats inputs;  ///< query, key and value of every head
        Floats keys;    ///< packed, head after head
        Floats values;  ///< packed
        Floats maps[2]; ///< of the decoder, the second twice as large
    };

    /// fused += the decoded map.
    void run(const Workspace& work, Memory& memory, const Map& fused) const;

private:
    struct Norm {
        std::vector<float> gamma;
        std::vector<float> beta;
    };
    struct Dense {
        PackedMatrix kernel;
        Floats bias;
    };
    struct TokenBlock {
        Norm norm1;
        Dense inputs; ///< query, key and value, each head padded
        Dense output;
        Norm norm2;
        Dense hidden;
        Dense last;
    };

    Dense denseLayer(const Weights& weights, const std::string& name) const;
    Dense inputLayer(const Weights& weights, const std::string& name) const;
    Dense outputLayer(const Weights& weights, const std::string& name) const;
    Norm norm(const Weights& weights, const std::string& name) const;
    void normalise(const Norm& norm, const float* in, float* out) const;

    void embed(const Workspace& work, const Map& fused, float* tokens) const;
    void runBlock(const Workspace& work, const TokenBlock& block, Memory& memory) const;
    void askAll(const Workspace& work, const TokenBlock& block, Memory& memory) const;
    void packHeads(const Workspace& work, Memory& memory) const;
    void attend(const Workspace& work, const Memory& memory, int first, int count, int member,
                float* mixed) const;
    void decode(const Workspace& work, Memory& memory, const Map& fused) const;

    const Kernels& m_kernels;
    int m_side = 0;
    int m_tokens = 0;
    int m_width = 0;       ///< of a token
    int m_paddedWidth = 0; ///< with padding
    int m_heads = 0;
    int m_key = 0; ///< width of a head
    int m_paddedKey = 0;
    int m_hidden = 0;  ///< padded
    int m_filters = 0; ///< padded
    Dense m_patches;
    Floats m_positions;
    std::vector<TokenBlock> m_blocks;
    std::vector<WinogradConvolution> m_decoder;
};

} // namespace nunatak::models::cpu
