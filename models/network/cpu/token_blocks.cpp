// SPDX-License-Identifier: GPL-3.0-or-later
#include "network/cpu/token_blocks.h"

#include <algorithm>
#include <cmath>

namespace nunatak::models::cpu {

namespace {

constexpr double layerNormEpsilon = 1e-3;
/// Tokens that one piece of work takes.
constexpr int tokensAtOnce = 24;

/// out = in · matrix, rows one after the other.
void multiplyRows(const Kernels& kernels, const float** rows, const float* in, std::ptrdiff_t inStride,
                  int count, int depth, const float* panels, std::ptrdiff_t panelStride, int columns,
                  float* out, std::ptrdiff_t outStride, const Epilogue& epilogue) {
    for (int i = 0; i < count; ++i) {
        rows[i] = in + i * inStride;
    }
    Product product;
    product.rows = rows;
    product.count = count;
    product.depth = depth;
    product.panels = panels;
    product.panelStride = panelStride;
    product.columns = columns;
    product.out = out;
    product.outStride = outStride;
    product.epilogue = epilogue;
    kernels.multiply(product);
}

std::size_t size(int count) {
    return static_cast<std::size_t>(count);
}

} // namespace

TokenBlocks::Memory::Memory(const TokenBlocks& t)
    : tokens(size(t.m_tokens * t.m_paddedWidth)), inputs(size(t.m_tokens * 3 * t.m_heads * t.m_paddedKey)),
      keys(size(t.m_heads * t.m_key * padded(t.m_tokens))),
      values(size(t.m_heads * t.m_tokens * t.m_paddedKey)) {}

void TokenBlocks::run(const Workspace& work, Memory& memory) const {
    for (const auto& block : m_blocks) {
        work.check();
        runBlock(work, block, memory);
    }
}

void TokenBlocks::normalise(const Norm& norm, const float* in, float* out) const {
    float sum = 0;
    for (int i = 0; i < m_width; ++i) {
        sum += in[i];
    }
    const float mean = sum / static_cast<float>(m_width);
    float squares = 0;
    for (int i = 0; i < m_width; ++i) {
        squares += (in[i] - mean) * (in[i] - mean);
    }
    const float factor =
        static_cast<float>(1 / std::sqrt(squares / static_cast<float>(m_width) + layerNormEpsilon));
    for (int i = 0; i < m_width; ++i) {
        out[i] = (in[i] - mean) * factor * norm.gamma[size(i)] + norm.beta[size(i)];
    }
    std::fill(out + m_width, out + m_paddedWidth, 0.0f);
}

void TokenBlocks::runBlock(const Workspace& work, const Block& block, Memory& memory) const {
    askAll(work, block, memory);
    packHeads(work, memory);
    const int pieces = (m_tokens + tokensAtOnce - 1) / tokensAtOnce;
    const int heads = m_heads * m_paddedKey;
    work.team.share(pieces, [&](int piece, int member) {
        const int first = piece * tokensAtOnce;
        const int count = std::min(tokensAtOnce, m_tokens - first);
        const auto floats =
            size(tokensAtOnce) * size(padded(m_tokens) + heads + 2 * m_paddedWidth + m_hidden);
        float* scores = work.scratchOf(member, floats);
        float* mixed = scores + tokensAtOnce * padded(m_tokens);
        float* normed = mixed + tokensAtOnce * heads;
        float* last = normed + tokensAtOnce * m_paddedWidth;
        float* hidden = last + tokensAtOnce * m_paddedWidth;
        const auto** rows = work.pointersOf(member, size(tokensAtOnce));
        attend(work, memory, first, count, member, mixed);

        float* tokens = memory.tokens.data() + static_cast<std::ptrdiff_t>(first) * m_paddedWidth;
        multiplyRows(m_kernels, rows, mixed, heads, count, heads, block.output.kernel.data(),
                     block.output.kernel.panelStride(), m_paddedWidth, tokens, m_paddedWidth,
                     {block.output.bias.data(), 1, tokens, m_paddedWidth});
        for (int i = 0; i < count; ++i) {
            normalise(block.norm2, tokens + i * m_paddedWidth, normed + i * m_paddedWidth);
        }
        multiplyRows(m_kernels, rows, normed, m_paddedWidth, count, m_width, block.hidden.kernel.data(),
                     block.hidden.kernel.panelStride(), m_hidden, hidden, m_hidden,
                     {block.hidden.bias.data(), 1, nullptr, 0});
        m_kernels.gelu(hidden, static_cast<std::ptrdiff_t>(count) * m_hidden);
        multiplyRows(m_kernels, rows, hidden, m_hidden, count, block.last.kernel.rows(),
                     block.last.kernel.data(), block.last.kernel.panelStride(), m_paddedWidth, last,
                     m_paddedWidth, {block.last.bias.data(), 1, nullptr, 0});
        // The published network has the activation after the second dense layer, too.
        m_kernels.gelu(last, static_cast<std::ptrdiff_t>(count) * m_paddedWidth);
        for (int i = 0; i < count * m_paddedWidth; ++i) {
            tokens[i] += last[i];
        }
    });
}

void TokenBlocks::askAll(const Workspace& work, const Block& block, Memory& memory) const {
    const int pieces = (m_tokens + tokensAtOnce - 1) / tokensAtOnce;
    const int columns = block.inputs.kernel.columns();
    work.team.share(pieces, [&](int piece, int member) {
        const int first = piece * tokensAtOnce;
        const int count = std::min(tokensAtOnce, m_tokens - first);
        float* normed = work.scratchOf(member, size(tokensAtOnce * m_paddedWidth));
        for (int i = 0; i < count; ++i) {
            normalise(block.norm1,
                      memory.tokens.data() + static_cast<std::ptrdiff_t>(first + i) * m_paddedWidth,
                      normed + i * m_paddedWidth);
        }
        multiplyRows(m_kernels, work.pointersOf(member, size(tokensAtOnce)), normed, m_paddedWidth, count,
                     m_width, block.inputs.kernel.data(), block.inputs.kernel.panelStride(), columns,
                     memory.inputs.data() + static_cast<std::ptrdiff_t>(first) * columns, columns,
                     {block.inputs.bias.data(), 1, nullptr, 0});
    });
}

void TokenBlocks::packHeads(const Workspace& work, Memory& memory) const {
    const int all = m_heads * m_paddedKey;
    work.team.share(2 * m_heads, [&](int piece, int) {
        const int head = piece / 2;
        const float* from = memory.inputs.data() + head * m_paddedKey;
        auto at = [&](int token, int part, int i) {
            return from[static_cast<std::ptrdiff_t>(token) * 3 * all + part * all + i];
        };
        if (piece % 2 == 0) {
            pack(m_kernels.panelColumns, m_key, m_tokens,
                 memory.keys.data() + static_cast<std::ptrdiff_t>(head) * m_key * padded(m_tokens),
                 [&](int i, int token) { return at(token, 1, i); });
        } else {
            pack(m_kernels.panelColumns, m_tokens, m_paddedKey,
                 memory.values.data() + static_cast<std::ptrdiff_t>(head) * m_tokens * m_paddedKey,
                 [&](int token, int i) { return at(token, 2, i); });
        }
    });
}

void TokenBlocks::attend(const Workspace& work, const Memory& memory, int first, int count, int member,
                         float* mixed) const {
    const int all = m_heads * m_paddedKey;
    const int length = padded(m_tokens);
    float* scores = mixed - tokensAtOnce * length;
    const auto** rows = work.pointersOf(member, size(tokensAtOnce));
    const auto factor = static_cast<float>(1 / std::sqrt(static_cast<double>(m_key)));
    for (int head = 0; head < m_heads; ++head) {
        const float* query =
            memory.inputs.data() + static_cast<std::ptrdiff_t>(first) * 3 * all + head * m_paddedKey;
        multiplyRows(m_kernels, rows, query, 3 * all, count, m_key,
                     memory.keys.data() + static_cast<std::ptrdiff_t>(head) * m_key * length,
                     static_cast<std::ptrdiff_t>(m_key) * m_kernels.panelColumns, length, scores, length, {});
        for (int i = 0; i < count; ++i) {
            m_kernels.softmaxRow(scores + i * length, m_tokens, length, factor);
        }
        multiplyRows(m_kernels, rows, scores, length, count, m_tokens,
                     memory.values.data() + static_cast<std::ptrdiff_t>(head) * m_tokens * m_paddedKey,
                     static_cast<std::ptrdiff_t>(m_tokens) * m_kernels.panelColumns, m_paddedKey,
                     mixed + head * m_paddedKey, all, {});
    }
}

} // namespace nunatak::models::cpu
