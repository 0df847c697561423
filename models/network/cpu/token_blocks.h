// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/network_spec.h"
#include "network/cpu/folded.h"
#include "network/cpu/packed_matrix.h"
#include "network/cpu/workspace.h"

#include <vector>

namespace nunatak::models::cpu {

/// Patches become tokens of 16 × 16 pixels.
inline constexpr int patchSide = 16;

/// The transformer's blocks over a tile's tokens, in float32 whatever the maps are.
class TokenBlocks {
public:
    TokenBlocks(const Kernels& kernels, const NetworkSpec& spec, const Weights& weights);

    /// What the tokens need; one for each tile that is worked on at a time.
    struct Memory {
        explicit Memory(const TokenBlocks& blocks);
        Floats tokens; ///< (side · side, paddedWidth)
        Floats inputs; ///< query, key and value of every head
        Floats keys;   ///< packed, head after head
        Floats values; ///< packed
    };

    /// Of memory.tokens, in place.
    void run(const Workspace& work, Memory& memory) const;

    int side() const { return m_side; }               ///< tokens along a side of the tile
    int width() const { return m_width; }             ///< of a token
    int paddedWidth() const { return m_paddedWidth; } ///< with padding to a multiple of 16
    /// What is added to the tokens first, padded like them.
    const Floats& positions() const { return m_positions; }

private:
    struct Norm {
        std::vector<float> gamma;
        std::vector<float> beta;
    };
    struct Dense {
        PackedMatrix kernel;
        Floats bias;
    };
    struct Block {
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

    void runBlock(const Workspace& work, const Block& block, Memory& memory) const;
    void askAll(const Workspace& work, const Block& block, Memory& memory) const;
    void packHeads(const Workspace& work, Memory& memory) const;
    void attend(const Workspace& work, const Memory& memory, int first, int count, int member,
                float* mixed) const;

    const Kernels& m_kernels;
    int m_side = 0;
    int m_tokens = 0;
    int m_width = 0;
    int m_paddedWidth = 0;
    int m_heads = 0;
    int m_key = 0; ///< width of a head
    int m_paddedKey = 0;
    int m_hidden = 0; ///< padded
    Floats m_positions;
    std::vector<Block> m_blocks;
};

/// The four convolutions after the tokens; the last with the projection behind it, since no activation lies
/// between them.
std::vector<Folded> tokenDecoder(const Weights& weights);

} // namespace nunatak::models::cpu
