// SPDX-License-Identifier: GPL-3.0-or-later
// For any processor: right, not fast. bf16 is chosen only where a processor has instructions for it.
#include "network/cpu/bf16/map_kernels.h"
#include "network/cpu/bf16/product_kernels.h"

namespace {

struct PlainBlock {
    static void sum(const Sum& job, int columnBlock, int pixel, int count, BlockSums& sums) {
        for (int p = 0; p < count; ++p) {
            float* total = sums.values[p];
            for (int c = 0; c < blockColumns; ++c) {
                total[c] = 0;
            }
            const Number* panel = job.panels + columnBlock * job.panelStride;
            for (int tap = 0; tap < job.tapCount; ++tap) {
                const Number* in = job.in + (pixel + p) * job.pixelStride + job.taps[tap];
                for (int k = 0; k < job.depth; k += 32) {
                    for (int pair = 0; pair < 16; ++pair) {
                        const float first = widen(in[k + 2 * pair]);
                        const float second = widen(in[k + 2 * pair + 1]);
                        for (int c = 0; c < blockColumns; ++c) {
                            const Number* weights = panel + c / 16 * 512 + pair * 32 + c % 16 * 2;
                            total[c] += first * widen(weights[0]) + second * widen(weights[1]);
                        }
                    }
                    panel += 32 * blockColumns;
                }
            }
        }
    }
};

} // namespace

namespace nunatak::models::cpu::bf16 {

Number rounded(float value) {
    return narrow(value);
}

float widened(Number number) {
    return widen(number);
}

const Kernels& portableKernels() {
    static const Kernels kernels = makeKernels("portable bf16", multiplyBlocks<PlainBlock>);
    return kernels;
}

} // namespace nunatak::models::cpu::bf16
