// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "network/cpu/kernels.h"
#include "network/cpu/product_kernels.h"
#include "network/cpu/vector.h"
#include "network/cpu/winograd_kernels.h"

namespace {

template <int Width>
void maxPoolRow(const float* upper, const float* lower, std::ptrdiff_t pixelStride, int channels, int columns,
                float* out, std::ptrdiff_t outStride) {
    using L = Lanes<Width>;
    for (int column = 0; column < columns; ++column) {
        const float* above = upper + 2 * column * pixelStride;
        const float* below = lower + 2 * column * pixelStride;
        for (int c = 0; c < channels; c += Width) {
            const auto first = L::largest(L::load(above + c), L::load(above + pixelStride + c));
            const auto second = L::largest(L::load(below + c), L::load(below + pixelStride + c));
            L::store(out + column * outStride + c, L::largest(first, second));
        }
    }
}

template <int Width>
void enlargeRow(const float* above, const float* below, float share, int channels, int columns, float* out,
                bool accumulate, float* scratch) {
    using L = Lanes<Width>;
    const std::ptrdiff_t values = static_cast<std::ptrdiff_t>(columns) * channels;
    for (std::ptrdiff_t i = 0; i < values; i += Width) {
        L::store(scratch + i, L::load(above + i) * (1 - share) + L::load(below + i) * share);
    }
    for (int column = 0; column < columns; ++column) {
        const float* middle = scratch + column * channels;
        const float* left = column > 0 ? middle - channels : middle;
        const float* right = column + 1 < columns ? middle + channels : middle;
        float* to = out + 2 * column * channels;
        for (int c = 0; c < channels; c += Width) {
            const auto here = L::load(middle + c) * 0.75f;
            auto first = here + L::load(left + c) * 0.25f;
            auto second = here + L::load(right + c) * 0.25f;
            if (accumulate) {
                first += L::load(to + c);
                second += L::load(to + channels + c);
            }
            L::store(to + c, first);
            L::store(to + channels + c, second);
        }
    }
}

template <int Width> void addUp(const float* in, std::ptrdiff_t pixels, int channels, float* sums) {
    using L = Lanes<Width>;
    for (int c = 0; c < channels; c += Width) {
        auto total = L::load(sums + c);
        for (std::ptrdiff_t pixel = 0; pixel < pixels; ++pixel) {
            total += L::load(in + pixel * channels + c);
        }
        L::store(sums + c, total);
    }
}

template <int Width>
void scale(const float* in, std::ptrdiff_t pixels, int channels, const float* factor, const float* shift,
           float* out, bool accumulate) {
    using L = Lanes<Width>;
    for (std::ptrdiff_t pixel = 0; pixel < pixels; ++pixel) {
        for (int c = 0; c < channels; c += Width) {
            const auto at = pixel * channels + c;
            auto value = L::load(in + at) * L::load(factor + c) + L::load(shift + c);
            if (accumulate) {
                value += L::load(out + at);
            }
            L::store(out + at, value);
        }
    }
}

template <int Width>
void dot(const float* in, std::ptrdiff_t stride, std::ptrdiff_t pixels, int channels, const float* weights,
         float* out) {
    using L = Lanes<Width>;
    for (std::ptrdiff_t pixel = 0; pixel < pixels; ++pixel) {
        auto total = L::all(0);
        for (int c = 0; c < channels; c += Width) {
            total += L::load(in + pixel * stride + c) * L::load(weights + c);
        }
        out[pixel] += L::sum(total);
    }
}

/// Calls for whole vectors, the last of them through a copy.
template <int Width, typename Change> void changeAll(float* values, std::ptrdiff_t count, Change change) {
    using L = Lanes<Width>;
    std::ptrdiff_t i = 0;
    for (; i + Width <= count; i += Width) {
        L::store(values + i, change(L::load(values + i)));
    }
    if (i < count) {
        float rest[Width] = {};
        for (std::ptrdiff_t j = i; j < count; ++j) {
            rest[j - i] = values[j];
        }
        L::store(rest, change(L::load(rest)));
        for (std::ptrdiff_t j = i; j < count; ++j) {
            values[j] = rest[j - i];
        }
    }
}

template <int Width> void logistic(float* values, std::ptrdiff_t count) {
    using L = Lanes<Width>;
    changeAll<Width>(values, count, [](typename L::Value x) { return 1.0f / (1.0f + L::exponential(-x)); });
}

template <int Width> void gelu(float* values, std::ptrdiff_t count) {
    using L = Lanes<Width>;
    changeAll<Width>(values, count, [](typename L::Value x) {
        // erf by Abramowitz and Stegun 7.1.26, within 1.5e-7.
        const auto z = x * 0.70710678f;
        const auto size = L::largest(z, -z);
        const auto t = 1.0f / (1.0f + size * 0.3275911f);
        auto p = t * 1.061405429f - 1.453152027f;
        p = p * t + 1.421413741f;
        p = p * t - 0.284496736f;
        p = (p * t + 0.254829592f) * t;
        const auto magnitude = 1.0f - p * L::exponential(-size * size);
        const auto erf = z < 0.0f ? -magnitude : magnitude;
        return x * 0.5f * (1.0f + erf);
    });
}

template <int Width> void softmaxRow(float* values, int count, int paddedCount, float factor) {
    using L = Lanes<Width>;
    float largest = values[0];
    for (int i = 1; i < count; ++i) {
        largest = values[i] > largest ? values[i] : largest;
    }
    changeAll<Width>(values, count,
                     [=](typename L::Value x) { return L::exponential((x - largest) * factor); });
    float total = 0;
    auto sums = L::all(0);
    int i = 0;
    for (; i + Width <= count; i += Width) {
        sums += L::load(values + i);
    }
    for (; i < count; ++i) {
        total += values[i];
    }
    total += L::sum(sums);
    changeAll<Width>(values, count, [=](typename L::Value x) { return x * (1.0f / total); });
    for (int j = count; j < paddedCount; ++j) {
        values[j] = 0;
    }
}

template <int Width, int Rows, int Vectors> nunatak::models::cpu::Kernels makeKernels(const char* name) {
    return {name,
            Width * Vectors,
            multiply<Width, Rows, Vectors>,
            winogradInput<Width>,
            winogradOutput<Width>,
            maxPoolRow<Width>,
            enlargeRow<Width>,
            addUp<Width>,
            scale<Width>,
            dot<Width>,
            logistic<Width>,
            gelu<Width>,
            softmaxRow<Width>};
}

} // namespace
