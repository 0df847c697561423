// SPDX-License-Identifier: GPL-3.0-or-later
#include "network/cpu/bf16/convolution.h"

#include "network/cpu/residual.h"

#include <algorithm>

namespace nunatak::models::cpu::bf16 {

namespace {

/// Pixels that one piece of work computes: their inputs stay in the cache while all columns pass. With many
/// channels it is the weights that are read most: more pixels.
int pixelsAtOnce(int depth) {
    return depth <= 128 ? 128 : 256;
}

std::vector<int> inputsByChannel(const Folded& layer, int channels, const Place& place) {
    std::vector<int> inputs(static_cast<std::size_t>(channels), -1);
    for (int input = 0; input < layer.inputs; ++input) {
        inputs[static_cast<std::size_t>(place(input))] = input;
    }
    return inputs;
}

Sum sumOf(const Matrix& weights, const Map& in, std::ptrdiff_t first, const std::ptrdiff_t* taps) {
    return {in.data + first * in.stride, in.stride, taps, weights.taps(), weights.depth(), weights.data(),
            weights.panelStride()};
}

} // namespace

Convolution::Convolution(const Folded& layer, int channels, const Place& place)
    : m_bias(paddedBias(layer, padded(layer.outputs))) {
    const auto inputs = inputsByChannel(layer, channels, place);
    m_weights = Matrix(layer.taps, channels, layer.outputs, [&](int tap, int channel, int output) {
        const int input = inputs[static_cast<std::size_t>(channel)];
        return input < 0 ? 0.0f : layer.at(output, input, tap);
    });
}

std::vector<std::ptrdiff_t> Convolution::tapsOf(const Map& in) const {
    if (m_weights.taps() == 1) {
        return {0};
    }
    std::vector<std::ptrdiff_t> taps;
    for (int tap = 0; tap < 9; ++tap) {
        taps.push_back((tap / 3 - 1) * in.rowStride() + (tap % 3 - 1) * in.stride);
    }
    return taps;
}

void Convolution::run(const Workspace& work, const Map& in, const Target& target, float slope,
                      const Convolution* plus, const Map& plusIn) const {
    const auto taps = tapsOf(in);
    const auto plusTaps = plus ? plus->tapsOf(plusIn) : taps;
    // Over the ends of rows, but not over the last pixel behind the last row.
    const int pixels = in.rows * in.period() - 1;
    const int atOnce = pixelsAtOnce(m_weights.depth());
    work.team().share((pixels + atOnce - 1) / atOnce, [&](int piece, int) {
        const int first = piece * atOnce;
        Product product;
        product.sum = sumOf(m_weights, in, first, taps.data());
        if (plus) {
            product.plus = sumOf(plus->m_weights, plusIn, first, plusTaps.data());
        }
        product.pixels = std::min(atOnce, pixels - first);
        product.columns = m_weights.columns();
        product.bias = m_bias.data();
        product.slope = slope;
        product.first = first;
        product.period = in.period();
        product.inside = in.columns;
        if (target.dots) {
            product.dots = target.dots;
            product.logits = target.logits;
        } else {
            product.out = target.map.data + first * target.map.stride;
            product.outStride = target.map.stride;
        }
        work.kernels.multiply(product);
    });
    work.check();
}

UpConvolution::UpConvolution(const Folded& layer, int channels)
    : m_bias(paddedBias(layer, padded(layer.outputs))) {
    for (int phase = 0; phase < 4; ++phase) {
        const int taps = (phase % 2 + 1) * (phase / 2 + 1);
        m_weights[phase] = Matrix(taps, channels, layer.outputs, [&](int tap, int input, int output) {
            return input < layer.inputs ? phaseWeight(layer, output, input, phase, tap) : 0.0f;
        });
    }
}

void UpConvolution::run(const Workspace& work, const Map& in, const Map& out) const {
    const std::ptrdiff_t right = in.stride;
    const std::ptrdiff_t below = in.rowStride();
    const std::vector<std::ptrdiff_t> taps[4] = {
        {0}, {0, right}, {0, below}, {0, right, below, below + right}};
    work.team().share(in.rows, [&](int row, int) {
        for (int phase = 0; phase < 4; ++phase) {
            Product product;
            product.sum = sumOf(m_weights[phase], in, static_cast<std::ptrdiff_t>(row) * in.period(),
                                taps[phase].data());
            product.pixels = in.columns;
            product.columns = m_weights[phase].columns();
            product.bias = m_bias.data();
            product.period = in.columns;
            product.inside = in.columns;
            product.out = out.row(2 * row + phase / 2) + phase % 2 * out.stride;
            product.outStride = 2 * out.stride;
            work.kernels.multiply(product);
        }
    });
    work.check();
}

void maxPool(const Workspace& work, const Map& in, const Map& out) {
    work.team().share(out.rows, [&](int row, int) {
        work.kernels.maxPoolRow(in.row(2 * row), in.row(2 * row + 1), in.stride, in.channels, out.columns,
                                out.row(row), out.stride);
    });
}

void enlarge(const Workspace& work, const Map& in, const Map& out, bool accumulate) {
    work.team().share(out.rows, [&](int row, int member) {
        const auto [above, below, share] = enlargedRow(row, in.rows);
        auto* scratch = work.shared.scratchOf(member, static_cast<std::size_t>(in.columns * in.channels));
        work.kernels.enlargeRow(in.row(above), in.row(below), share, in.stride, in.channels, in.columns,
                                out.row(row), out.stride, accumulate, scratch);
    });
    work.check();
}

} // namespace nunatak::models::cpu::bf16
