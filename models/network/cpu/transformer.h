// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "network/cpu/residual.h"
#include "network/cpu/token_blocks.h"

namespace nunatak::models::cpu {

/// Patches of 16 × 16 pixels as tokens, transformer blocks over them, and the decoder that makes a map of the
/// tile's size again.
class Transformer {
public:
    Transformer(const Kernels& kernels, const NetworkSpec& spec, const Weights& weights);

    /// One for each tile that is worked on at a time.
    struct Memory {
        explicit Memory(const Transformer& transformer);
        TokenBlocks::Memory tokens;
        Floats maps[2]; ///< of the decoder
    };

    /// fused += the decoded map.
    void run(const Workspace& work, Memory& memory, const Map& fused) const;

private:
    void embed(const Workspace& work, const Map& fused, float* tokens) const;
    void decode(const Workspace& work, Memory& memory, const Map& fused) const;

    const Kernels& m_kernels;
    TokenBlocks m_blocks;
    int m_filters = 0; ///< padded
    PackedMatrix m_patches;
    Floats m_patchBias;
    std::vector<WinogradConvolution> m_decoder;
};

} // namespace nunatak::models::cpu
