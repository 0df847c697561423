// SPDX-License-Identifier: GPL-3.0-or-later
#include "network/cpu/bf16/transformer.h"

#include "network/cpu/residual.h"

namespace nunatak::models::cpu::bf16 {

Transformer::Transformer(const cpu::Kernels& kernels, const NetworkSpec& spec, const Weights& weights)
    : m_blocks(kernels, spec, weights), m_filters(padded(spec.filters)) {
    const auto patches = plainLayer(weights, "transformer/patches", true);
    m_patches = Matrix(patches.taps, spec.filters, spec.embedding,
                       [&](int tap, int input, int output) { return patches.at(output, input, tap); });
    m_patchBias = paddedBias(patches, padded(patches.outputs));
    for (const auto& layer : tokenDecoder(weights)) {
        m_decoder.emplace_back(layer, m_decoder.empty() ? padded(spec.embedding) : m_filters, samePlace);
    }
}

Transformer::Memory::Memory(const Transformer& t)
    : tokens(t.m_blocks), rounded(t.m_blocks.side(), t.m_blocks.side(), padded(t.m_blocks.width())) {
    int side = t.m_blocks.side();
    for (std::size_t step = 0; step < t.m_decoder.size(); ++step, side *= 2) {
        maps.emplace_back(side, side, t.m_filters);
        if (step + 1 < t.m_decoder.size()) {
            maps.emplace_back(2 * side, 2 * side, t.m_filters);
        }
    }
}

void Transformer::run(const Workspace& work, Memory& memory, const Map& fused) const {
    embed(work, fused, memory.tokens.tokens.data());
    m_blocks.run(work.shared, memory.tokens);
    decode(work, memory, fused);
}

void Transformer::embed(const Workspace& work, const Map& fused, float* tokens) const {
    const int side = m_blocks.side();
    const int width = m_blocks.paddedWidth();
    std::vector<std::ptrdiff_t> taps;
    for (int tap = 0; tap < patchSide * patchSide; ++tap) {
        taps.push_back(tap / patchSide * fused.rowStride() + tap % patchSide * fused.stride);
    }
    work.team().share(side, [&](int row, int) {
        const auto first = static_cast<std::ptrdiff_t>(row) * side * width;
        Product product;
        product.sum = {fused.row(row * patchSide), patchSide * fused.stride, taps.data(),
                       m_patches.taps(),           m_patches.depth(),        m_patches.data(),
                       m_patches.panelStride()};
        product.pixels = side;
        product.columns = m_patches.columns();
        product.bias = m_patchBias.data();
        product.add = m_blocks.positions().data() + first;
        product.addStride = width;
        product.period = side;
        product.inside = side;
        product.outFloats = tokens + first;
        product.outStride = width;
        product.outColumns = width;
        work.kernels.multiply(product);
    });
    work.check();
}

void Transformer::decode(const Workspace& work, Memory& memory, const Map& fused) const {
    Map in = memory.rounded.map();
    const float* token = memory.tokens.tokens.data();
    for (int row = 0; row < in.rows; ++row) {
        for (int column = 0; column < in.columns; ++column, token += m_blocks.paddedWidth()) {
            work.kernels.round(token, m_blocks.width(), in.row(row) + column * in.stride);
        }
    }
    for (std::size_t step = 0; step < m_decoder.size(); ++step) {
        const Map out = memory.maps[2 * step].map();
        m_decoder[step].run(work, in, {out}, 1);
        if (step + 1 < m_decoder.size()) {
            in = memory.maps[2 * step + 1].map();
            enlarge(work, out, in, false);
        } else {
            enlarge(work, out, fused, true);
        }
    }
}

} // namespace nunatak::models::cpu::bf16
