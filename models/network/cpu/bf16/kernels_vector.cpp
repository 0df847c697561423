// SPDX-License-Identifier: GPL-3.0-or-later
// For processors with avx512_bf16; models/CMakeLists.txt sets the instructions.
#if defined(__x86_64__)
#include "network/cpu/bf16/map_kernels.h"
#include "network/cpu/bf16/product_kernels.h"

#include <immintrin.h>

namespace {

struct VectorBlock {
    static __m512bh load(const Number* from) { return reinterpret_cast<__m512bh>(_mm512_loadu_si512(from)); }
    /// A pair of numbers in every lane.
    static __m512bh pair(const Number* from) {
        std::int32_t both;
        __builtin_memcpy(&both, from, sizeof both);
        return reinterpret_cast<__m512bh>(_mm512_set1_epi32(both));
    }

    /// Rows × 32 sums in registers.
    template <int Rows>
    static inline __attribute__((always_inline)) void rows(const Sum& job, const Number* panel, int pixel,
                                                           float (*sums)[blockColumns]) {
        __m512 total[Rows][2] = {};
        for (int tap = 0; tap < job.tapCount; ++tap) {
            const Number* in = job.in + pixel * job.pixelStride + job.taps[tap];
            for (int k = 0; k < job.depth; k += 32) {
                for (int i = 0; i < 16; ++i) {
                    const auto left = load(panel + i * 32);
                    const auto right = load(panel + 512 + i * 32);
#pragma GCC unroll 16
                    for (int r = 0; r < Rows; ++r) {
                        const auto value = pair(in + r * job.pixelStride + k + 2 * i);
                        total[r][0] = _mm512_dpbf16_ps(total[r][0], left, value);
                        total[r][1] = _mm512_dpbf16_ps(total[r][1], right, value);
                    }
                }
                panel += 32 * blockColumns;
            }
        }
#pragma GCC unroll 16
        for (int r = 0; r < Rows; ++r) {
            _mm512_storeu_ps(sums[r], total[r][0]);
            _mm512_storeu_ps(sums[r] + 16, total[r][1]);
        }
    }

    static void sum(const Sum& job, int columnBlock, int pixel, int count, BlockSums& sums) {
        const Number* panel = job.panels + columnBlock * job.panelStride;
        int p = 0;
        for (; p + 12 <= count; p += 12) {
            rows<12>(job, panel, pixel + p, sums.values + p);
        }
        for (; p + 8 <= count; p += 8) {
            rows<8>(job, panel, pixel + p, sums.values + p);
        }
        for (; p + 4 <= count; p += 4) {
            rows<4>(job, panel, pixel + p, sums.values + p);
        }
        for (; p < count; ++p) {
            rows<1>(job, panel, pixel + p, sums.values + p);
        }
    }
};

} // namespace

namespace nunatak::models::cpu::bf16 {

const Kernels& vectorKernels() {
    static const Kernels kernels = makeKernels("avx512 bf16", multiplyBlocks<VectorBlock>);
    return kernels;
}

} // namespace nunatak::models::cpu::bf16
#endif
