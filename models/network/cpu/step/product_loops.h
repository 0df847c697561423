// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "network/cpu/step/kernels.h"
#include "network/cpu/vector.h"
#include "network/cpu/winograd_points.h"

namespace {

namespace wino = nunatak::models::cpu::winograd;

/// Rows × Vectors · Width sums in registers.
template <int Width, int Rows, int Vectors>
inline __attribute__((always_inline)) void
accumulateBlock(const float* a, std::ptrdiff_t aStride, const float* b, std::ptrdiff_t bStride,
                std::ptrdiff_t count, float* out, std::ptrdiff_t outStride) {
    using L = Lanes<Width>;
    typename L::Value sum[Rows][Vectors];
#pragma GCC unroll 8
    for (int r = 0; r < Rows; ++r) {
#pragma GCC unroll 8
        for (int v = 0; v < Vectors; ++v) {
            sum[r][v] = L::load(out + r * outStride + v * Width);
        }
    }
    for (std::ptrdiff_t t = 0; t < count; ++t) {
        typename L::Value values[Vectors];
#pragma GCC unroll 8
        for (int v = 0; v < Vectors; ++v) {
            values[v] = L::load(b + t * bStride + v * Width);
        }
        const float* from = a + t * aStride;
#pragma GCC unroll 8
        for (int r = 0; r < Rows; ++r) {
            const auto value = L::all(from[r]);
#pragma GCC unroll 8
            for (int v = 0; v < Vectors; ++v) {
                sum[r][v] += value * values[v];
            }
        }
    }
#pragma GCC unroll 8
    for (int r = 0; r < Rows; ++r) {
#pragma GCC unroll 8
        for (int v = 0; v < Vectors; ++v) {
            L::store(out + r * outStride + v * Width, sum[r][v]);
        }
    }
}

template <int Width, int Rows, int Vectors>
void accumulateColumns(const float* a, std::ptrdiff_t aStride, int rows, const float* b,
                       std::ptrdiff_t bStride, std::ptrdiff_t count, float* out, std::ptrdiff_t outStride) {
    int row = 0;
    for (; row + Rows <= rows; row += Rows) {
        accumulateBlock<Width, Rows, Vectors>(a + row, aStride, b, bStride, count, out + row * outStride,
                                              outStride);
    }
    for (; row < rows; ++row) {
        accumulateBlock<Width, 1, Vectors>(a + row, aStride, b, bStride, count, out + row * outStride,
                                           outStride);
    }
}

template <int Width, int Rows, int Vectors>
void accumulate(const float* a, std::ptrdiff_t aStride, int rows, const float* b, std::ptrdiff_t bStride,
                int columns, std::ptrdiff_t count, float* out, std::ptrdiff_t outStride) {
    constexpr int step = Width * Vectors;
    int column = 0;
    for (; column + step <= columns; column += step) {
        accumulateColumns<Width, Rows, Vectors>(a, aStride, rows, b + column, bStride, count, out + column,
                                                outStride);
    }
    if constexpr (step > 16) {
        if (column < columns) {
            accumulateColumns<Width, Rows, 16 / Width>(a, aStride, rows, b + column, bStride, count,
                                                       out + column, outStride);
        }
    }
}

/// Four gradients along a line to the six points: the way back of what makes outputs of points.
template <typename Value, typename To>
inline __attribute__((always_inline)) void gradientToPoints(const Value (&g)[4], To to) {
    constexpr float a = wino::inner;
    constexpr float b = wino::outer;
    to(0, g[0]);
    const Value innerEven = g[0] + g[2] * (a * a);
    const Value innerOdd = g[1] * a + g[3] * (a * a * a);
    to(1, innerEven + innerOdd);
    to(2, innerEven - innerOdd);
    const Value outerEven = g[0] + g[2] * (b * b);
    const Value outerOdd = g[1] * b + g[3] * (b * b * b);
    to(3, outerEven + outerOdd);
    to(4, outerEven - outerOdd);
    to(5, g[3]);
}

template <int Width>
void winogradGradient(const float* data, std::ptrdiff_t rowStride, std::ptrdiff_t pixelStride, int rows,
                      int columns, int channels, float* out, std::ptrdiff_t pointStride) {
    using L = Lanes<Width>;
    using Value = typename L::Value;
    for (int channel = 0; channel < channels; channel += Width) {
        Value half[6][4];
#pragma GCC unroll 4
        for (int column = 0; column < 4; ++column) {
            Value g[4];
#pragma GCC unroll 4
            for (int row = 0; row < 4; ++row) {
                g[row] = row < rows && column < columns
                             ? L::load(data + row * rowStride + column * pixelStride + channel)
                             : L::all(0);
            }
            gradientToPoints(g, [&](int row, Value value) { half[row][column] = value; });
        }
#pragma GCC unroll 6
        for (int row = 0; row < 6; ++row) {
            gradientToPoints(half[row], [&](int column, Value value) {
                L::store(out + (row * 6 + column) * pointStride + channel, value);
            });
        }
    }
}

/// The kernel at the six points along one axis: 1, t, t² over the product of t's distances to the others.
struct KernelPoints {
    float at[6][3];
};
constexpr KernelPoints kernelPoints() {
    const double points[5] = {0, wino::inner, -wino::inner, wino::outer, -wino::outer};
    KernelPoints rows{};
    for (int i = 0; i < 5; ++i) {
        double others = 1;
        for (int j = 0; j < 5; ++j) {
            others *= i == j ? 1 : points[i] - points[j];
        }
        rows.at[i][0] = static_cast<float>(1 / others);
        rows.at[i][1] = static_cast<float>(points[i] / others);
        rows.at[i][2] = static_cast<float>(points[i] * points[i] / others);
    }
    rows.at[5][2] = 1;
    return rows;
}

template <int Width>
void winogradKernel(const float* taps, int count, float* out, std::ptrdiff_t pointStride) {
    using L = Lanes<Width>;
    constexpr auto points = kernelPoints();
    for (int i = 0; i < count; i += Width) {
        typename L::Value g[9];
        for (int tap = 0; tap < 9; ++tap) {
            g[tap] = L::load(taps + tap * count + i);
        }
        for (int row = 0; row < 6; ++row) {
            const auto& y = points.at[row];
            typename L::Value half[3];
            for (int x = 0; x < 3; ++x) {
                half[x] = g[x] * y[0] + g[3 + x] * y[1] + g[6 + x] * y[2];
            }
            for (int column = 0; column < 6; ++column) {
                const auto& x = points.at[column];
                L::store(out + (row * 6 + column) * pointStride + i,
                         half[0] * x[0] + half[1] * x[1] + half[2] * x[2]);
            }
        }
    }
}

template <int Width>
void winogradKernelGradient(const float* in, std::ptrdiff_t pointStride, int count, float* taps) {
    using L = Lanes<Width>;
    constexpr auto points = kernelPoints();
    for (int i = 0; i < count; i += Width) {
        typename L::Value sum[9];
        for (auto& value : sum) {
            value = L::all(0);
        }
        for (int row = 0; row < 6; ++row) {
            typename L::Value half[3];
            for (auto& value : half) {
                value = L::all(0);
            }
            for (int column = 0; column < 6; ++column) {
                const auto value = L::load(in + (row * 6 + column) * pointStride + i);
                for (int x = 0; x < 3; ++x) {
                    half[x] += value * points.at[column][x];
                }
            }
            for (int y = 0; y < 3; ++y) {
                for (int x = 0; x < 3; ++x) {
                    sum[3 * y + x] += half[x] * points.at[row][y];
                }
            }
        }
        for (int tap = 0; tap < 9; ++tap) {
            L::store(taps + tap * count + i, sum[tap]);
        }
    }
}

} // namespace
