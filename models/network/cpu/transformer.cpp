// SPDX-License-Identifier: GPL-3.0-or-later
#include "network/cpu/transformer.h"

namespace nunatak::models::cpu {

Transformer::Transformer(const Kernels& kernels, const NetworkSpec& spec, const Weights& weights)
    : m_kernels(kernels), m_blocks(kernels, spec, weights), m_filters(padded(spec.filters)) {
    const auto patches = plainLayer(weights, "transformer/patches", true);
    m_patches = PackedMatrix(kernels, patches.taps * m_filters, spec.embedding, [&](int row, int output) {
        const int input = row % m_filters;
        return input < spec.filters ? patches.at(output, input, row / m_filters) : 0.0f;
    });
    m_patchBias = paddedBias(patches, padded(patches.outputs));
    for (const auto& layer : tokenDecoder(weights)) {
        m_decoder.emplace_back(kernels, layer, m_decoder.empty() ? m_blocks.paddedWidth() : m_filters,
                               samePlace);
    }
}

Transformer::Memory::Memory(const Transformer& t) : tokens(t.m_blocks) {
    const int largest = 8 * t.m_blocks.side();
    for (auto& map : maps) {
        map = Floats(static_cast<std::size_t>(largest * largest) * static_cast<std::size_t>(t.m_filters));
    }
}

void Transformer::run(const Workspace& work, Memory& memory, const Map& fused) const {
    embed(work, fused, memory.tokens.tokens.data());
    m_blocks.run(work, memory.tokens);
    decode(work, memory, fused);
}

void Transformer::embed(const Workspace& work, const Map& fused, float* tokens) const {
    constexpr int taps = patchSide * patchSide;
    const int side = m_blocks.side();
    work.team.share(side, [&](int row, int member) {
        auto** rows = work.pointersOf(member, static_cast<std::size_t>(taps * side));
        for (int tap = 0; tap < taps; ++tap) {
            for (int column = 0; column < side; ++column) {
                rows[tap * side + column] = fused.row(row * patchSide + tap / patchSide) +
                                            (column * patchSide + tap % patchSide) * fused.stride;
            }
        }
        const int width = m_blocks.paddedWidth();
        const auto first = static_cast<std::ptrdiff_t>(row) * side * width;
        Product product;
        product.rows = rows;
        product.tapStride = side;
        product.taps = taps;
        product.count = side;
        product.depth = m_patches.rows() / taps;
        product.panels = m_patches.data();
        product.panelStride = m_patches.panelStride();
        product.columns = width;
        product.out = tokens + first;
        product.outStride = width;
        product.epilogue = {m_patchBias.data(), 1, m_blocks.positions().data() + first, width};
        m_kernels.multiply(product);
    });
}

void Transformer::decode(const Workspace& work, Memory& memory, const Map& fused) const {
    const int side = m_blocks.side();
    const int width = m_blocks.paddedWidth();
    Map in{memory.tokens.tokens.data(), side, side, width, width};
    for (std::size_t step = 0; step < m_decoder.size(); ++step) {
        const Map out{memory.maps[0].data(), in.rows, in.columns, m_filters, m_filters};
        m_decoder[step].run(work, in, out, 1);
        work.check();
        if (step + 1 < m_decoder.size()) {
            in = {memory.maps[1].data(), 2 * out.rows, 2 * out.columns, m_filters, m_filters};
            enlarge(work, out, in, false);
        } else {
            enlarge(work, out, fused, true);
        }
    }
}

} // namespace nunatak::models::cpu
