// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "network/cpu/bf16/convolution.h"
#include "network/cpu/token_blocks.h"

namespace nunatak::models::cpu::bf16 {

/// The transformer as in float32 (network/cpu/transformer.h) with maps in bf16; tokens stay float32.
class Transformer {
public:
    Transformer(const cpu::Kernels& kernels, const NetworkSpec& spec, const Weights& weights);

    /// One for each tile that is worked on at a time.
    struct Memory {
        explicit Memory(const Transformer& transformer);
        TokenBlocks::Memory tokens;
        MapMemory rounded;           ///< the tokens as a map
        std::vector<MapMemory> maps; ///< of the decoder: each convolution's output and that enlarged
    };

    /// fused += the decoded map.
    void run(const Workspace& work, Memory& memory, const Map& fused) const;

private:
    void embed(const Workspace& work, const Map& fused, float* tokens) const;
    void decode(const Workspace& work, Memory& memory, const Map& fused) const;

    TokenBlocks m_blocks;
    int m_filters = 0; ///< padded
    Matrix m_patches;
    Floats m_patchBias;
    std::vector<Convolution> m_decoder;
};

} // namespace nunatak::models::cpu::bf16
