// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "network/cpu/bf16/number.h"

// Plain loops that the compiler makes vectors of.
namespace {

using nunatak::models::cpu::bf16::Number;

inline void maxPoolRow(const Number* upper, const Number* lower, std::ptrdiff_t stride, int channels,
                       int columns, Number* out, std::ptrdiff_t outStride) {
    for (int column = 0; column < columns; ++column) {
        const Number* above = upper + 2 * column * stride;
        const Number* below = lower + 2 * column * stride;
        Number* to = out + column * outStride;
        for (int c = 0; c < channels; ++c) {
            const float a = widen(above[c]);
            const float b = widen(above[stride + c]);
            const float d = widen(below[c]);
            const float e = widen(below[stride + c]);
            const float first = a > b ? a : b;
            const float second = d > e ? d : e;
            const float largest = first > second ? first : second;
            to[c] = static_cast<Number>(__builtin_bit_cast(std::uint32_t, largest) >> 16);
        }
    }
}

inline void enlargeRow(const Number* above, const Number* below, float share, std::ptrdiff_t stride,
                       int channels, int columns, Number* out, std::ptrdiff_t outStride, bool accumulate,
                       float* scratch) {
    for (int column = 0; column < columns; ++column) {
        for (int c = 0; c < channels; ++c) {
            scratch[column * channels + c] =
                widen(above[column * stride + c]) * (1 - share) + widen(below[column * stride + c]) * share;
        }
    }
    for (int column = 0; column < columns; ++column) {
        const float* middle = scratch + column * channels;
        const float* left = column > 0 ? middle - channels : middle;
        const float* right = column + 1 < columns ? middle + channels : middle;
        Number* first = out + 2 * column * outStride;
        Number* second = first + outStride;
        for (int c = 0; c < channels; ++c) {
            const float here = middle[c] * 0.75f;
            const float one = here + left[c] * 0.25f;
            const float other = here + right[c] * 0.25f;
            first[c] = narrow(accumulate ? one + widen(first[c]) : one);
            second[c] = narrow(accumulate ? other + widen(second[c]) : other);
        }
    }
}

inline void addUp(const Number* in, std::ptrdiff_t stride, std::ptrdiff_t pixels, int channels, float* sums) {
    for (std::ptrdiff_t pixel = 0; pixel < pixels; ++pixel) {
        for (int c = 0; c < channels; ++c) {
            sums[c] += widen(in[pixel * stride + c]);
        }
    }
}

inline void scale(const Number* in, std::ptrdiff_t stride, std::ptrdiff_t pixels, int channels,
                  const float* factor, const float* shift, Number* out, std::ptrdiff_t outStride,
                  bool accumulate) {
    for (std::ptrdiff_t pixel = 0; pixel < pixels; ++pixel) {
        Number* to = out + pixel * outStride;
        for (int c = 0; c < channels; ++c) {
            const float value = widen(in[pixel * stride + c]) * factor[c] + shift[c];
            to[c] = narrow(accumulate ? value + widen(to[c]) : value);
        }
    }
}

inline void dot(const Number* in, std::ptrdiff_t stride, std::ptrdiff_t pixels, int channels,
                const float* weights, float* out) {
    for (std::ptrdiff_t pixel = 0; pixel < pixels; ++pixel) {
        // As many sums as a vector is wide; the order of additions is part of the result.
        float sums[16] = {};
        for (int c = 0; c < channels; c += 16) {
            for (int i = 0; i < 16; ++i) {
                sums[i] += widen(in[pixel * stride + c + i]) * weights[c + i];
            }
        }
        float total = 0;
        for (const float sum : sums) {
            total += sum;
        }
        out[pixel] += total;
    }
}

inline void roundAll(const float* in, std::ptrdiff_t count, Number* out) {
    for (std::ptrdiff_t i = 0; i < count; ++i) {
        out[i] = narrow(in[i]);
    }
}

inline nunatak::models::cpu::bf16::Kernels
makeKernels(const char* name, void (*multiply)(const nunatak::models::cpu::bf16::Product&)) {
    return {name, multiply, maxPoolRow, enlargeRow, addUp, scale, dot, roundAll};
}

} // namespace
