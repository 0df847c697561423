// SPDX-License-Identifier: GPL-3.0-or-later
#include "network/cpu/convolution.h"

#include <algorithm>

namespace nunatak::models::cpu {

namespace {

/// Pixels that one piece of work computes: their inputs stay in the cache while all panels pass.
constexpr int pixelsAtOnce = 96;

} // namespace

Floats paddedBias(const Folded& layer, int channels) {
    Floats bias(static_cast<std::size_t>(channels));
    std::copy(layer.bias.begin(), layer.bias.end(), bias.data());
    return bias;
}

PointConvolution::PointConvolution(const Kernels& kernels, const Folded& layer, int channels,
                                   const Place& place)
    : m_bias(paddedBias(layer, padded(layer.outputs))) {
    std::vector<int> inputs(static_cast<std::size_t>(channels), -1);
    for (int input = 0; input < layer.inputs; ++input) {
        inputs[static_cast<std::size_t>(place(input))] = input;
    }
    m_weights = PackedMatrix(kernels, channels, layer.outputs, [&](int channel, int output) {
        const int input = inputs[static_cast<std::size_t>(channel)];
        return input < 0 ? 0.0f : layer.at(output, input);
    });
}

void PointConvolution::run(const Workspace& work, const Map& in, const Map& out, float slope,
                           const Map& add) const {
    const auto pixels = in.pixels();
    const int pieces = static_cast<int>((pixels + pixelsAtOnce - 1) / pixelsAtOnce);
    work.team.share(pieces, [&](int piece, int member) {
        const std::ptrdiff_t first = static_cast<std::ptrdiff_t>(piece) * pixelsAtOnce;
        const int count = static_cast<int>(std::min<std::ptrdiff_t>(pixelsAtOnce, pixels - first));
        auto* rows = work.pointersOf(member, pixelsAtOnce);
        for (int i = 0; i < count; ++i) {
            rows[i] = in.data + (first + i) * in.stride;
        }
        Product product;
        product.rows = rows;
        product.count = count;
        product.depth = m_weights.rows();
        product.panels = m_weights.data();
        product.panelStride = m_weights.panelStride();
        product.columns = m_weights.columns();
        product.out = out.data + first * out.stride;
        product.outStride = out.stride;
        product.epilogue = {m_bias.data(), slope,
                            add.data == nullptr ? nullptr : add.data + first * add.stride, add.stride};
        work.kernels.multiply(product);
    });
}

FirstConvolution::FirstConvolution(const Kernels& kernels, const Folded& layer)
    : m_weights(
          kernels, 9 * layer.inputs, layer.outputs,
          [&](int row, int output) { return layer.at(output, row % layer.inputs, row / layer.inputs); }),
      m_bias(paddedBias(layer, padded(layer.outputs))) {}

void FirstConvolution::run(const Workspace& work, const Map& in, const Map& out, float slope) const {
    work.team.share(in.rows, [&](int row, int member) {
        runRow(work, member, in, row, slope, out.row(row), out.stride);
    });
}

void FirstConvolution::runRow(const Workspace& work, int member, const Map& in, int row, float slope,
                              float* out, std::ptrdiff_t outStride) const {
    auto** rows = work.pointersOf(member, static_cast<std::size_t>(9 * in.columns));
    for (int tap = 0; tap < 9; ++tap) {
        const int y = row + tap / 3 - 1;
        for (int column = 0; column < in.columns; ++column) {
            const int x = column + tap % 3 - 1;
            const bool inside = y >= 0 && y < in.rows && x >= 0 && x < in.columns;
            rows[tap * in.columns + column] = inside ? in.row(y) + x * in.stride : work.zeros;
        }
    }
    Product product;
    product.rows = rows;
    product.tapStride = in.columns;
    product.taps = 9;
    product.count = in.columns;
    product.depth = m_weights.rows() / 9;
    product.panels = m_weights.data();
    product.panelStride = m_weights.panelStride();
    product.columns = m_weights.columns();
    product.out = out;
    product.outStride = outStride;
    product.epilogue = {m_bias.data(), slope, nullptr, 0};
    work.kernels.multiply(product);
}

float phaseWeight(const Folded& layer, int output, int input, int phase, int tap) {
    const bool lower = phase / 2 == 1;
    const bool right = phase % 2 == 1;
    const int across = right ? 2 : 1;
    // An output of an even place sees the same small pixel with both taps of the kernel.
    const int down = tap / across;
    const int aside = tap % across;
    float sum = 0;
    for (int y = lower ? down : 0; y <= (lower ? down : 1); ++y) {
        for (int x = right ? aside : 0; x <= (right ? aside : 1); ++x) {
            sum += layer.at(output, input, 2 * y + x);
        }
    }
    return sum;
}

UpConvolution::UpConvolution(const Kernels& kernels, const Folded& layer)
    : m_bias(paddedBias(layer, padded(layer.outputs))) {
    const int depth = padded(layer.inputs);
    for (int phase = 0; phase < 4; ++phase) {
        const int taps = (phase % 2 + 1) * (phase / 2 + 1);
        m_weights[phase] = PackedMatrix(kernels, taps * depth, layer.outputs, [&](int row, int output) {
            const int input = row % depth;
            return input < layer.inputs ? phaseWeight(layer, output, input, phase, row / depth) : 0.0f;
        });
    }
}

void UpConvolution::run(const Workspace& work, const Map& in, const Map& out) const {
    work.team.share(in.rows, [&](int row, int member) {
        auto** rows = work.pointersOf(member, static_cast<std::size_t>(4 * in.columns));
        for (int phase = 0; phase < 4; ++phase) {
            const int down = phase / 2;
            const int across = phase % 2 + 1;
            int tap = 0;
            for (int y = row; y <= row + down; ++y) {
                for (int aside = 0; aside < across; ++aside, ++tap) {
                    for (int column = 0; column < in.columns; ++column) {
                        const int x = column + aside;
                        const bool inside = y < in.rows && x < in.columns;
                        rows[tap * in.columns + column] = inside ? in.row(y) + x * in.stride : work.zeros;
                    }
                }
            }
            Product product;
            product.rows = rows;
            product.tapStride = in.columns;
            product.taps = tap;
            product.count = in.columns;
            product.depth = m_weights[phase].rows() / tap;
            product.panels = m_weights[phase].data();
            product.panelStride = m_weights[phase].panelStride();
            product.columns = m_weights[phase].columns();
            product.out = out.row(2 * row + down) + (across - 1) * out.stride;
            product.outStride = 2 * out.stride;
            product.epilogue = {m_bias.data(), 1, nullptr, 0};
            work.kernels.multiply(product);
        }
    });
}

} // namespace nunatak::models::cpu
