// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "network/cpu/kernels.h"
#include "network/cpu/vector.h"

namespace {

using nunatak::models::cpu::Epilogue;
using nunatak::models::cpu::Product;

/// Rows × Vectors · Width sums in registers.
template <int Width, int Rows, int Vectors>
inline __attribute__((always_inline)) void multiplyBlock(const Product& job, int row, int column,
                                                         const float* panel) {
    using L = Lanes<Width>;
    typename L::Value sum[Rows][Vectors] = {};
    for (int tap = 0; tap < job.taps; ++tap) {
        const float* from[Rows];
        for (int r = 0; r < Rows; ++r) {
            from[r] = job.rows[tap * job.tapStride + row + r] + job.offset;
        }
        for (int k = 0; k < job.depth; ++k) {
            typename L::Value weights[Vectors];
#pragma GCC unroll 8
            for (int v = 0; v < Vectors; ++v) {
                weights[v] = L::load(panel + v * Width);
            }
            panel += Vectors * Width;
#pragma GCC unroll 32
            for (int r = 0; r < Rows; ++r) {
                const auto value = L::all(from[r][k]);
#pragma GCC unroll 8
                for (int v = 0; v < Vectors; ++v) {
                    sum[r][v] += value * weights[v];
                }
            }
        }
    }
    const Epilogue& epilogue = job.epilogue;
#pragma GCC unroll 8
    for (int v = 0; v < Vectors; ++v) {
        const int at = column + v * Width;
        const auto bias = epilogue.bias ? L::load(epilogue.bias + at) : L::all(0);
#pragma GCC unroll 32
        for (int r = 0; r < Rows; ++r) {
            auto value = sum[r][v] + bias;
            if (epilogue.slope != 1.0f) {
                value = L::leaky(value, epilogue.slope);
            }
            if (epilogue.add) {
                value += L::load(epilogue.add + (row + r) * epilogue.addStride + at);
            }
            L::store(job.out + (row + r) * job.outStride + at, value);
        }
    }
}

/// All rows, as many at once as there are registers for.
template <int Width, int Rows, int Vectors>
void multiplyPanel(const Product& job, int column, const float* panel) {
    int row = 0;
    for (; row + Rows <= job.count; row += Rows) {
        multiplyBlock<Width, Rows, Vectors>(job, row, column, panel);
    }
    for (; row + 2 <= job.count; row += 2) {
        multiplyBlock<Width, 2, Vectors>(job, row, column, panel);
    }
    if (row < job.count) {
        multiplyBlock<Width, 1, Vectors>(job, row, column, panel);
    }
}

template <int Width, int Rows, int Vectors> void multiply(const Product& job) {
    constexpr int columns = Width * Vectors;
    int column = 0;
    const float* panel = job.panels;
    for (; column + columns <= job.columns; column += columns) {
        multiplyPanel<Width, Rows, Vectors>(job, column, panel);
        panel += job.panelStride;
    }
    // The last panel may be half as wide; channels are a multiple of 16.
    if constexpr (columns > nunatak::models::cpu::channelStep) {
        if (column < job.columns) {
            multiplyPanel<Width, Rows, nunatak::models::cpu::channelStep / Width>(job, column, panel);
        }
    }
}

} // namespace
