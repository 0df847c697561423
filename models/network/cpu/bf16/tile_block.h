// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "network/cpu/bf16/product_kernels.h"

namespace {

/// A block by matrix units: 2 × 2 accumulators of 16 pixels × 16 columns, each step takes 32 inputs.
/// Tiles: the unit's eight registers of 16 rows × 64 bytes, numbered at compile time; a test puts a plain
/// stand-in here, since few machines have the unit.
template <typename Tiles> struct TileBlock {
    // Registers 0 to 3: sums; 4, 5: pixels; 6, 7: weights.
    static inline void sum(const Sum& job, int columnBlock, int pixel, int count, BlockSums& sums) {
        const Number* panel = job.panels + columnBlock * job.panelStride;
        const std::ptrdiff_t stride = job.pixelStride * static_cast<std::ptrdiff_t>(sizeof(Number));
        const bool both = count > 16;
        Tiles::template zero<0>();
        Tiles::template zero<1>();
        Tiles::template zero<2>();
        Tiles::template zero<3>();
        for (int tap = 0; tap < job.tapCount; ++tap) {
            const Number* upper = job.in + pixel * job.pixelStride + job.taps[tap];
            const Number* lower = upper + 16 * job.pixelStride;
            for (int k = 0; k < job.depth; k += 32) {
                Tiles::template load<6>(panel, 64);
                Tiles::template load<7>(panel + 512, 64);
                Tiles::template load<4>(upper + k, stride);
                Tiles::template multiply<0, 4, 6>();
                Tiles::template multiply<1, 4, 7>();
                if (both) {
                    Tiles::template load<5>(lower + k, stride);
                    Tiles::template multiply<2, 5, 6>();
                    Tiles::template multiply<3, 5, 7>();
                }
                panel += 32 * blockColumns;
            }
        }
        constexpr std::ptrdiff_t sumStride = blockColumns * sizeof(float);
        Tiles::template store<0>(sums.values[0], sumStride);
        Tiles::template store<1>(sums.values[0] + 16, sumStride);
        if (both) {
            Tiles::template store<2>(sums.values[16], sumStride);
            Tiles::template store<3>(sums.values[16] + 16, sumStride);
        }
    }
};

} // namespace
