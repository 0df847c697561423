// SPDX-License-Identifier: GPL-3.0-or-later
#include "network/cpu/packed_matrix.h"
#include "network/cpu/step/convolution.h"
#include "network/cpu/step/kernels.h"

#include <algorithm>

namespace nunatak::models::cpu {

namespace {

/// Input channels of one piece of work.
constexpr int rowsAtOnce = 64;

/// Which outputs along an axis see a small pixel 2i, 2i + 1 and through which taps: output 2i − 1 with the
/// second, 2i with both, 2i + 1 with the first (its second tap sees the next small pixel).
struct Taps {
    int first;
    int last;
};
Taps tapsOf(int offset) {
    return offset == 0 ? Taps{1, 1} : offset == 1 ? Taps{0, 1} : Taps{0, 0};
}

} // namespace

void upInputGradient(const Workspace& work, const Map& gradient, const float* kernel, int images,
                     const Map& small) {
    const int outputs = gradient.channels;
    const int inputs = small.channels;
    const PackedMatrix weights(work.kernels, 9 * outputs, inputs, [&](int row, int input) {
        const auto down = tapsOf(row / outputs / 3);
        const auto across = tapsOf(row / outputs % 3);
        const float* taps = kernel + 4 * (static_cast<std::ptrdiff_t>(row % outputs) * inputs + input);
        float sum = 0;
        for (int y = down.first; y <= down.last; ++y) {
            for (int x = across.first; x <= across.last; ++x) {
                sum += taps[2 * y + x];
            }
        }
        return sum;
    });
    work.team.share(images * small.rows, [&](int index, int member) {
        const auto from = gradient.image(index / small.rows);
        const int row = index % small.rows;
        auto** rows = work.pointersOf(member, static_cast<std::size_t>(9 * small.columns));
        for (int tap = 0; tap < 9; ++tap) {
            const int y = 2 * row + tap / 3 - 1;
            for (int column = 0; column < small.columns; ++column) {
                const int x = 2 * column + tap % 3 - 1;
                rows[tap * small.columns + column] =
                    y >= 0 && x >= 0 ? from.row(y) + x * from.stride : work.zeros;
            }
        }
        Product product;
        product.rows = rows;
        product.tapStride = small.columns;
        product.taps = 9;
        product.count = small.columns;
        product.depth = outputs;
        product.panels = weights.data();
        product.panelStride = weights.panelStride();
        product.columns = weights.columns();
        product.out = small.image(index / small.rows).row(row);
        product.outStride = small.stride;
        work.kernels.multiply(product);
    });
}

void upKernelGradient(const Workspace& work, const Map& small, const Map& gradient, int images,
                      float* kernelGradient) {
    const auto& kernels = bestStepKernels();
    const int inputs = small.channels;
    const int outputs = gradient.channels;
    const auto pairs = static_cast<std::ptrdiff_t>(inputs) * outputs;
    // Along an axis: an even output sees its own small pixel with both taps (0), an odd one its own with the
    // first (1) and the next with the second (2).
    Floats sums(static_cast<std::size_t>(9 * pairs));
    const int blocks = (inputs + rowsAtOnce - 1) / rowsAtOnce;
    work.team.share(9 * blocks, [&](int piece, int) {
        const int kind = piece / blocks;
        const int channel = piece % blocks * rowsAtOnce;
        const int down = kind / 3;
        const int across = kind % 3;
        for (int image = 0; image < images; ++image) {
            const auto from = small.image(image);
            const auto to = gradient.image(image);
            for (int row = 0; row + down / 2 < small.rows; ++row) {
                kernels.accumulate(
                    from.row(row + down / 2) + across / 2 * from.stride + channel, from.stride,
                    std::min(rowsAtOnce, inputs - channel),
                    to.row(2 * row + (down > 0 ? 1 : 0)) + (across > 0 ? to.stride : 0), 2 * to.stride,
                    outputs, small.columns - across / 2,
                    sums.data() + kind * pairs + static_cast<std::ptrdiff_t>(channel) * outputs, outputs);
            }
        }
    });
    auto sumOf = [&](int down, int across, std::ptrdiff_t pair) {
        return sums.data()[(3 * down + across) * pairs + pair];
    };
    work.team.share(blocks, [&](int block, int) {
        for (int input = block * rowsAtOnce; input < std::min(inputs, (block + 1) * rowsAtOnce); ++input) {
            for (int output = 0; output < outputs; ++output) {
                const auto pair = static_cast<std::ptrdiff_t>(input) * outputs + output;
                for (int tap = 0; tap < 4; ++tap) {
                    const int y = 1 + tap / 2;
                    const int x = 1 + tap % 2;
                    kernelGradient[4 * (static_cast<std::ptrdiff_t>(output) * inputs + input) + tap] =
                        sumOf(0, 0, pair) + sumOf(0, x, pair) + sumOf(y, 0, pair) + sumOf(y, x, pair);
                }
            }
        }
    });
}

} // namespace nunatak::models::cpu
