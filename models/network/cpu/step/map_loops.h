// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "network/cpu/step/kernels.h"
#include "network/cpu/step/product_loops.h"
#include "network/cpu/vector.h"

namespace {

using nunatak::models::cpu::NormVectors;
using nunatak::models::cpu::StepKernels;

template <int Width>
void moments(const float* in, std::ptrdiff_t pixels, int channels, const float* middle, float* sums,
             float* squares) {
    using L = Lanes<Width>;
    for (int c = 0; c < channels; c += Width) {
        const auto centre = L::load(middle + c);
        auto sum = L::load(sums + c);
        auto square = L::load(squares + c);
        for (std::ptrdiff_t pixel = 0; pixel < pixels; ++pixel) {
            const auto value = L::load(in + pixel * channels + c) - centre;
            sum += value;
            square += value * value;
        }
        L::store(sums + c, sum);
        L::store(squares + c, square);
    }
}

template <int Width>
void norm(const float* in, std::ptrdiff_t pixels, int channels, const NormVectors& vectors, float* out) {
    using L = Lanes<Width>;
    for (std::ptrdiff_t pixel = 0; pixel < pixels; ++pixel) {
        for (int c = 0; c < channels; c += Width) {
            const auto at = pixel * channels + c;
            const auto value = L::load(in + at) * L::load(vectors.factor + c) + L::load(vectors.shift + c);
            L::store(out + at, L::leaky(value, vectors.slope));
        }
    }
}

/// The gradient before the leaky ReLU.
template <int Width>
inline __attribute__((always_inline)) typename Lanes<Width>::Value
beforeLeaky(typename Lanes<Width>::Value x, typename Lanes<Width>::Value gradient, const NormVectors& vectors,
            int c) {
    using L = Lanes<Width>;
    const auto z = x * L::load(vectors.factor + c) + L::load(vectors.shift + c);
    return z > 0.0f ? gradient : gradient * vectors.slope;
}

template <int Width>
void normSums(const float* in, const float* gradient, std::ptrdiff_t pixels, int channels,
              const NormVectors& vectors, float* sums, float* products) {
    using L = Lanes<Width>;
    for (int c = 0; c < channels; c += Width) {
        const auto mean = L::load(vectors.mean + c);
        auto sum = L::load(sums + c);
        auto product = L::load(products + c);
        for (std::ptrdiff_t pixel = 0; pixel < pixels; ++pixel) {
            const auto at = pixel * channels + c;
            const auto x = L::load(in + at);
            const auto dz = beforeLeaky<Width>(x, L::load(gradient + at), vectors, c);
            sum += dz;
            product += dz * (x - mean);
        }
        L::store(sums + c, sum);
        L::store(products + c, product);
    }
}

template <int Width>
void normBack(const float* in, const float* gradient, std::ptrdiff_t pixels, int channels,
              const NormVectors& vectors, float* out) {
    using L = Lanes<Width>;
    for (std::ptrdiff_t pixel = 0; pixel < pixels; ++pixel) {
        for (int c = 0; c < channels; c += Width) {
            const auto at = pixel * channels + c;
            const auto x = L::load(in + at);
            const auto dz = beforeLeaky<Width>(x, L::load(gradient + at), vectors, c);
            L::store(out + at, dz * L::load(vectors.gradientFactor + c) +
                                   (x - L::load(vectors.mean + c)) * L::load(vectors.centredFactor + c) +
                                   L::load(vectors.constant + c));
        }
    }
}

template <int Width, int Rows, int Vectors> StepKernels makeStepKernels() {
    return {accumulate<Width, Rows, Vectors>,
            winogradGradient<Width>,
            winogradKernel<Width>,
            winogradKernelGradient<Width>,
            moments<Width>,
            norm<Width>,
            normSums<Width>,
            normBack<Width>};
}

} // namespace
