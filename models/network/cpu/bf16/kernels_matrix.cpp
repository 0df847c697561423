// SPDX-License-Identifier: GPL-3.0-or-later
// For processors with amx_bf16; models/CMakeLists.txt sets the instructions.
#if defined(__x86_64__)
#include "network/cpu/bf16/map_kernels.h"
#include "network/cpu/bf16/tile_block.h"

#include <immintrin.h>

namespace {

/// Written down as instructions, since the compiler's own functions take only literal register numbers.
struct Registers {
    template <int Tile> static void zero() { asm volatile("tilezero %%tmm%c0" ::"i"(Tile)); }
    template <int Tile> static void load(const void* from, std::ptrdiff_t stride) {
        asm volatile("tileloadd (%0,%1,1), %%tmm%c2" ::"r"(from), "r"(stride), "i"(Tile) : "memory");
    }
    template <int Tile> static void store(void* to, std::ptrdiff_t stride) {
        asm volatile("tilestored %%tmm%c2, (%0,%1,1)" ::"r"(to), "r"(stride), "i"(Tile) : "memory");
    }
    template <int Sums, int Pixels, int Weights> static void multiply() {
        asm volatile("tdpbf16ps %%tmm%c2, %%tmm%c1, %%tmm%c0" ::"i"(Sums), "i"(Pixels), "i"(Weights));
    }
};

/// Palette 1, every register 16 rows of 64 bytes, as the processor's manual lays the configuration out.
struct alignas(64) Configuration {
    std::uint8_t palette = 1;
    std::uint8_t startRow = 0;
    std::uint8_t reserved[14] = {};
    std::uint16_t rowBytes[16] = {64, 64, 64, 64, 64, 64, 64, 64};
    std::uint8_t rows[16] = {16, 16, 16, 16, 16, 16, 16, 16};
};
static_assert(sizeof(Configuration) == 64);

void multiply(const Product& job) {
    const Configuration configuration;
    _tile_loadconfig(&configuration);
    multiplyBlocks<TileBlock<Registers>>(job);
    // Registers in use would be saved at every change of thread.
    _tile_release();
}

} // namespace

namespace nunatak::models::cpu::bf16 {

const Kernels& matrixKernels() {
    static const Kernels kernels = makeKernels("amx bf16", multiply);
    return kernels;
}

} // namespace nunatak::models::cpu::bf16
#endif
