// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "network/cpu/kernels.h"
#include "network/cpu/vector.h"
#include "network/cpu/winograd_points.h"

namespace {

using nunatak::models::cpu::Block;
using nunatak::models::cpu::Patch;
namespace points = nunatak::models::cpu::winograd;

/// Six values along a line to the six points; `to(i, value)` takes them.
template <typename Value, typename To>
inline __attribute__((always_inline)) void toPoints(const Value (&d)[6], To to) {
    constexpr float a = points::inner;
    constexpr float b = points::outer;
    constexpr float sum = a * a + b * b;
    constexpr float product = a * a * b * b;
    to(0, d[4] - d[2] * sum + d[0] * product);
    const Value innerEven = d[4] - d[2] * (b * b);
    const Value innerOdd = d[3] - d[1] * (b * b);
    to(1, innerEven + innerOdd * a);
    to(2, innerEven - innerOdd * a);
    const Value outerEven = d[4] - d[2] * (a * a);
    const Value outerOdd = d[3] - d[1] * (a * a);
    to(3, outerEven + outerOdd * b);
    to(4, outerEven - outerOdd * b);
    to(5, d[5] - d[3] * sum + d[1] * product);
}

/// And back, to four values.
template <typename Value, typename To>
inline __attribute__((always_inline)) void fromPoints(const Value (&m)[6], To to) {
    constexpr float a = points::inner;
    constexpr float b = points::outer;
    const Value innerSum = m[1] + m[2];
    const Value innerDifference = m[1] - m[2];
    const Value outerSum = m[3] + m[4];
    const Value outerDifference = m[3] - m[4];
    to(0, m[0] + innerSum + outerSum);
    to(1, innerDifference * a + outerDifference * b);
    to(2, innerSum * (a * a) + outerSum * (b * b));
    to(3, innerDifference * (a * a * a) + outerDifference * (b * b * b) + m[5]);
}

template <int Width>
void winogradInput(const Patch& patch, int channels, float* out, std::ptrdiff_t pointStride) {
    using L = Lanes<Width>;
    using Value = typename L::Value;
    for (int channel = 0; channel < channels; channel += Width) {
        Value half[6][6];
#pragma GCC unroll 6
        for (int column = 0; column < 6; ++column) {
            Value d[6];
#pragma GCC unroll 6
            for (int row = 0; row < 6; ++row) {
                d[row] = L::load(patch.data + row * patch.rowStride + column * patch.pixelStride + channel);
            }
            toPoints(d, [&](int row, Value value) { half[row][column] = value; });
        }
#pragma GCC unroll 6
        for (int row = 0; row < 6; ++row) {
            toPoints(half[row], [&](int column, Value value) {
                L::store(out + (row * 6 + column) * pointStride + channel, value);
            });
        }
    }
}

template <int Width>
void winogradOutput(const float* in, std::ptrdiff_t pointStride, int channels, const Block& block) {
    using L = Lanes<Width>;
    using Value = typename L::Value;
    for (int channel = 0; channel < channels; channel += Width) {
        Value half[4][6];
#pragma GCC unroll 6
        for (int column = 0; column < 6; ++column) {
            Value m[6];
#pragma GCC unroll 6
            for (int row = 0; row < 6; ++row) {
                m[row] = L::load(in + (row * 6 + column) * pointStride + channel);
            }
            fromPoints(m, [&](int row, Value value) { half[row][column] = value; });
        }
        const Value bias = block.bias ? L::load(block.bias + channel) : L::all(0);
        for (int row = 0; row < block.rows; ++row) {
            float* to = block.data + row * block.rowStride + channel;
            const float* add = block.add ? block.add + row * block.addRowStride + channel : nullptr;
            fromPoints(half[row], [&](int column, Value value) {
                if (column < block.columns) {
                    value = L::leaky(value + bias, block.slope);
                    if (add) {
                        value += L::load(add + column * block.addPixelStride);
                    }
                    L::store(to + column * block.pixelStride, value);
                }
            });
        }
    }
}

} // namespace
