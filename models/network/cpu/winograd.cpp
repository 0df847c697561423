// SPDX-License-Identifier: GPL-3.0-or-later
#include "network/cpu/winograd.h"

#include "network/cpu/step/kernels.h"
#include "network/cpu/winograd_points.h"
#include "network/cpu/winograd_tiles.h"

#include <algorithm>
#include <array>
#include <cstring>

namespace nunatak::models::cpu {

namespace {

using winograd::points;

/// Tiles that are worked on together, and their output channels between products and the way back: the values
/// at 36 points shall stay in the second cache. With many input channels they do not anyway, and it is the
/// weights that are read most: more tiles, fewer columns.
struct Share {
    int tiles;
    int columns;
};
Share shareFor(int channels) {
    return channels <= 128 ? Share{24, 64} : Share{96, 32};
}

/// The kernel at the six points along one axis; row i is that of point i.
std::array<std::array<double, 3>, 6> kernelTransform() {
    const double at[5] = {0, winograd::inner, -winograd::inner, winograd::outer, -winograd::outer};
    std::array<std::array<double, 3>, 6> rows{};
    for (std::size_t i = 0; i < 5; ++i) {
        double others = 1;
        for (std::size_t j = 0; j < 5; ++j) {
            others *= i == j ? 1 : at[i] - at[j];
        }
        rows[i] = {1 / others, at[i] / others, at[i] * at[i] / others};
    }
    rows[5] = {0, 0, 1};
    return rows;
}

} // namespace

WinogradConvolution::WinogradConvolution(const Kernels& kernels, const Folded& layer, int channels,
                                         const Place& place)
    : m_channels(channels), m_outputs(padded(layer.outputs)),
      m_panelStride(static_cast<std::ptrdiff_t>(points) * channels * kernels.panelColumns),
      m_weights(static_cast<std::size_t>(points * channels) * static_cast<std::size_t>(m_outputs)),
      m_bias(paddedBias(layer, padded(layer.outputs))) {
    const auto transform = kernelTransform();
    for (int output = 0; output < layer.outputs; ++output) {
        const int panel = output / kernels.panelColumns;
        const int width = std::min(kernels.panelColumns, m_outputs - panel * kernels.panelColumns);
        for (int input = 0; input < layer.inputs; ++input) {
            double half[6][3] = {};
            for (std::size_t i = 0; i < 6; ++i) {
                for (int x = 0; x < 3; ++x) {
                    for (std::size_t y = 0; y < 3; ++y) {
                        half[i][x] +=
                            transform[i][y] *
                            static_cast<double>(layer.at(output, input, static_cast<int>(y) * 3 + x));
                    }
                }
            }
            for (std::size_t point = 0; point < static_cast<std::size_t>(points); ++point) {
                double value = 0;
                for (std::size_t x = 0; x < 3; ++x) {
                    value += transform[point % 6][x] * half[point / 6][x];
                }
                const auto row = static_cast<std::ptrdiff_t>(point) * channels + place(input);
                m_weights.data()[panel * m_panelStride + row * width + output % kernels.panelColumns] =
                    static_cast<float>(value);
            }
        }
    }
}

WinogradConvolution::WinogradConvolution(const Workspace& work, const float* kernel, int outputs, int inputs,
                                         bool back)
    : m_channels(back ? outputs : inputs), m_outputs(back ? inputs : outputs),
      m_panelStride(static_cast<std::ptrdiff_t>(points) * m_channels * work.kernels.panelColumns),
      m_weights(static_cast<std::size_t>(points * m_channels) * static_cast<std::size_t>(m_outputs)),
      m_bias(static_cast<std::size_t>(m_outputs)) {
    const int most = work.kernels.panelColumns;
    const auto& kernels = bestStepKernels();
    work.team.share((m_outputs + most - 1) / most, [&](int panel, int) {
        const int width = std::min(most, m_outputs - panel * most);
        std::vector<float> taps(9 * static_cast<std::size_t>(width));
        for (int channel = 0; channel < m_channels; ++channel) {
            for (int i = 0; i < width; ++i) {
                const int output = panel * most + i;
                const auto pair = back ? static_cast<std::ptrdiff_t>(channel) * inputs + output
                                       : static_cast<std::ptrdiff_t>(output) * inputs + channel;
                for (int tap = 0; tap < 9; ++tap) {
                    taps[static_cast<std::size_t>(tap * width + i)] =
                        kernel[9 * pair + (back ? 8 - tap : tap)];
                }
            }
            kernels.winogradKernel(taps.data(), width,
                                   m_weights.data() + panel * m_panelStride +
                                       static_cast<std::ptrdiff_t>(channel) * width,
                                   static_cast<std::ptrdiff_t>(m_channels) * width);
        }
    });
}

void WinogradConvolution::run(const Workspace& work, const Map& in, const Map& out, float slope,
                              const Map& add, int images) const {
    const int tiles = images * winogradTiles(in);
    const int fair = (tiles + work.team.size() - 1) / work.team.size();
    const int atOnce = std::min(shareFor(m_channels).tiles, fair);
    work.team.share((tiles + atOnce - 1) / atOnce, [&](int piece, int member) {
        const int first = piece * atOnce;
        runBlock(work, member, first, std::min(atOnce, tiles - first), in, out, slope, add);
    });
}

void WinogradConvolution::runBlock(const Workspace& work, int member, int first, int count, const Map& in,
                                   const Map& out, float slope, const Map& add) const {
    const int columns = std::max(shareFor(m_channels).columns, work.kernels.panelColumns);
    // A line between the points, so that they do not fall into the same few sets of the cache.
    const std::ptrdiff_t pointStride = static_cast<std::ptrdiff_t>(count) * m_channels + 16;
    const std::ptrdiff_t productStride = static_cast<std::ptrdiff_t>(count) * columns + 16;
    float* copy =
        work.scratchOf(member, static_cast<std::size_t>(points * (m_channels + pointStride + productStride)));
    float* values = copy + points * m_channels;
    float* products = values + points * pointStride;
    auto** rows = work.pointersOf(member, static_cast<std::size_t>(count));
    for (int i = 0; i < count; ++i) {
        const auto place = winogradPlace(first + i, in);
        const auto patch = winogradPatch(place, in.image(place.image), copy);
        rows[i] = values + static_cast<std::ptrdiff_t>(i) * m_channels;
        work.kernels.winogradInput(patch, m_channels, values + static_cast<std::ptrdiff_t>(i) * m_channels,
                                   pointStride);
    }
    for (int column = 0; column < m_outputs; column += columns) {
        const int width = std::min(columns, m_outputs - column);
        const int panel = column / work.kernels.panelColumns;
        for (int point = 0; point < points; ++point) {
            Product product;
            product.rows = rows;
            product.offset = point * pointStride;
            product.count = count;
            product.depth = m_channels;
            product.outStride = columns;
            // The last panel may be narrower than the others.
            for (int done = 0; done < width; done += work.kernels.panelColumns) {
                const int now = std::min(work.kernels.panelColumns, width - done);
                product.columns = now;
                product.panels = m_weights.data() +
                                 (panel + done / work.kernels.panelColumns) * m_panelStride +
                                 static_cast<std::ptrdiff_t>(point) * m_channels * now;
                product.out = products + point * productStride + done;
                work.kernels.multiply(product);
            }
        }
        for (int i = 0; i < count; ++i) {
            const auto place = winogradPlace(first + i, out);
            Block block;
            block.data = out.image(place.image).row(place.row) + place.column * out.stride + column;
            block.rowStride = out.rowStride();
            block.pixelStride = out.stride;
            block.rows = std::min(4, out.rows - place.row);
            block.columns = std::min(4, out.columns - place.column);
            block.bias = m_bias.data() + column;
            block.slope = slope;
            if (add.data != nullptr) {
                block.add = add.image(place.image).row(place.row) + place.column * add.stride + column;
                block.addRowStride = add.rowStride();
                block.addPixelStride = add.stride;
            }
            work.kernels.winogradOutput(products + static_cast<std::ptrdiff_t>(i) * columns, productStride,
                                        width, block);
        }
    }
}

} // namespace nunatak::models::cpu
