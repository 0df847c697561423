// SPDX-License-Identifier: GPL-3.0-or-later
#include "network/cpu/step/convolution.h"

#include "network/cpu/step/kernels.h"
#include "network/cpu/winograd_points.h"
#include "network/cpu/winograd_tiles.h"

#include <algorithm>
#include <vector>

namespace nunatak::models::cpu {

namespace {

using winograd::points;

/// Values at the points that are held together: some of a shared cache.
constexpr std::ptrdiff_t pointBytes = std::ptrdiff_t{12} << 20;
/// Pixels or tiles that one run of the inner loop sums over: its operands stay in the first caches.
constexpr std::ptrdiff_t sumAtOnce = 128;
/// Input channels of one piece of work.
constexpr int rowsAtOnce = 64;

float* room(Floats& memory, std::ptrdiff_t count) {
    if (memory.size() < static_cast<std::size_t>(count)) {
        memory = Floats(static_cast<std::size_t>(count));
    }
    return memory.data();
}

struct Points {
    float* inputs;
    float* gradients;
    std::ptrdiff_t inputStride;
    std::ptrdiff_t gradientStride;
};

void transform(const Workspace& work, const Map& in, const Map& gradient, int first, int count,
               const Points& to) {
    constexpr int together = 16;
    const auto& kernels = bestStepKernels();
    work.team.share((count + together - 1) / together, [&](int piece, int member) {
        float* copy = work.scratchOf(member, static_cast<std::size_t>(points * in.channels));
        for (int i = piece * together; i < std::min(count, (piece + 1) * together); ++i) {
            const auto place = winogradPlace(first + i, in);
            const auto patch = winogradPatch(place, in.image(place.image), copy);
            work.kernels.winogradInput(
                patch, in.channels, to.inputs + static_cast<std::ptrdiff_t>(i) * in.channels, to.inputStride);
            const auto map = gradient.image(place.image);
            kernels.winogradGradient(
                map.row(place.row) + place.column * map.stride, map.rowStride(), map.stride,
                std::min(4, map.rows - place.row), std::min(4, map.columns - place.column), map.channels,
                to.gradients + static_cast<std::ptrdiff_t>(i) * map.channels, to.gradientStride);
        }
    });
}

} // namespace

void kernelGradient3(const Workspace& work, GradientMemory& memory, const Map& in, const Map& gradient,
                     int images, float* kernelGradient) {
    const auto& kernels = bestStepKernels();
    const int inputs = in.channels;
    const int outputs = gradient.channels;
    const int tiles = images * winogradTiles(in);
    const std::ptrdiff_t perTile = points * static_cast<std::ptrdiff_t>(sizeof(float)) * (inputs + outputs);
    const int atOnce = static_cast<int>(std::clamp<std::ptrdiff_t>(pointBytes / perTile, sumAtOnce, tiles));
    // A line between the points, so that they do not fall into the same few sets of the cache.
    const auto inputStride = static_cast<std::ptrdiff_t>(atOnce) * inputs + 16;
    const auto gradientStride = static_cast<std::ptrdiff_t>(atOnce) * outputs + 16;
    const Points values{room(memory.inputs, points * inputStride),
                        room(memory.gradients, points * gradientStride), inputStride, gradientStride};
    const auto pairs = static_cast<std::ptrdiff_t>(inputs) * outputs;
    float* sums = room(memory.sums, points * pairs);
    std::fill(sums, sums + points * pairs, 0.0f);
    const int blocks = (inputs + rowsAtOnce - 1) / rowsAtOnce;
    for (int first = 0; first < tiles; first += atOnce) {
        const int count = std::min(atOnce, tiles - first);
        transform(work, in, gradient, first, count, values);
        work.team.share(points * blocks, [&](int piece, int) {
            const int point = piece / blocks;
            const int channel = piece % blocks * rowsAtOnce;
            for (std::ptrdiff_t done = 0; done < count; done += sumAtOnce) {
                kernels.accumulate(values.inputs + point * values.inputStride + done * inputs + channel,
                                   inputs, std::min(rowsAtOnce, inputs - channel),
                                   values.gradients + point * values.gradientStride + done * outputs, outputs,
                                   outputs, std::min<std::ptrdiff_t>(sumAtOnce, count - done),
                                   sums + point * pairs + static_cast<std::ptrdiff_t>(channel) * outputs,
                                   outputs);
            }
        });
    }
    work.team.share(blocks, [&](int block, int member) {
        float* taps = work.scratchOf(member, static_cast<std::size_t>(9 * outputs));
        for (int input = block * rowsAtOnce; input < std::min(inputs, (block + 1) * rowsAtOnce); ++input) {
            kernels.winogradKernelGradient(sums + static_cast<std::ptrdiff_t>(input) * outputs, pairs,
                                           outputs, taps);
            for (int output = 0; output < outputs; ++output) {
                for (int tap = 0; tap < 9; ++tap) {
                    kernelGradient[9 * (static_cast<std::ptrdiff_t>(output) * inputs + input) + tap] =
                        taps[tap * outputs + output];
                }
            }
        }
    });
}

void firstKernelGradient3(const Workspace& work, const Map& in, const Map& gradient, int images,
                          float* kernelGradient) {
    constexpr int rowsTogether = 16; ///< of the map
    const auto& kernels = bestStepKernels();
    const int inputs = static_cast<int>(in.stride);
    const int outputs = gradient.channels;
    const int depth = 9 * inputs;
    const int rows = images * in.rows;
    const int pieces = (rows + rowsTogether - 1) / rowsTogether;
    const auto size = static_cast<std::ptrdiff_t>(depth) * outputs;
    Floats sums(static_cast<std::size_t>(pieces * size));
    work.team.share(pieces, [&](int piece, int member) {
        float* seen = work.scratchOf(member, static_cast<std::size_t>(depth * in.columns));
        for (int index = piece * rowsTogether; index < std::min(rows, (piece + 1) * rowsTogether); ++index) {
            const auto image = in.image(index / in.rows);
            const int row = index % in.rows;
            for (int column = 0; column < in.columns; ++column) {
                float* to = seen + column * depth;
                for (int tap = 0; tap < 9; ++tap, to += inputs) {
                    const int y = row + tap / 3 - 1;
                    const int x = column + tap % 3 - 1;
                    const bool inside = y >= 0 && y < in.rows && x >= 0 && x < in.columns;
                    const float* from = inside ? image.row(y) + x * image.stride : work.zeros;
                    std::copy(from, from + inputs, to);
                }
            }
            kernels.accumulate(seen, depth, depth, gradient.image(index / in.rows).row(row), gradient.stride,
                               outputs, in.columns, sums.data() + piece * size, outputs);
        }
    });
    for (int output = 0; output < outputs; ++output) {
        for (int input = 0; input < inputs; ++input) {
            for (int tap = 0; tap < 9; ++tap) {
                double sum = 0;
                for (int piece = 0; piece < pieces; ++piece) {
                    sum += static_cast<double>(
                        sums.data()[piece * size + (tap * inputs + input) * outputs + output]);
                }
                kernelGradient[9 * (output * inputs + input) + tap] = static_cast<float>(sum);
            }
        }
    }
}

} // namespace nunatak::models::cpu
