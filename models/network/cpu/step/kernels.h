// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>

// The inner loops that learning needs beside those of prediction (network/cpu/kernels.h), compiled once for
// each family of vector instructions. Channels are a multiple of 16.
namespace nunatak::models::cpu {

/// What BatchNorm and a leaky ReLU do to the channels of a map: z = x · factor + shift, out = leaky(z). The
/// way back is dx = gradientFactor · dz + centredFactor · (x − mean) + constant, where dz is the gradient of
/// z.
struct NormVectors {
    const float* factor = nullptr;
    const float* shift = nullptr;
    const float* mean = nullptr;
    const float* gradientFactor = nullptr;
    const float* centredFactor = nullptr;
    const float* constant = nullptr;
    float slope = 1; ///< of the leaky ReLU; 1: none
};

struct StepKernels {
    /// out[r][c] += Σ over t < count of a[t][r] · b[t][c]; `columns` is a multiple of 16.
    void (*accumulate)(const float* a, std::ptrdiff_t aStride, int rows, const float* b,
                       std::ptrdiff_t bStride, int columns, std::ptrdiff_t count, float* out,
                       std::ptrdiff_t outStride);

    /// Winograd F(4 × 4, 3 × 3), the gradient of 4 × 4 outputs → 36 values per channel, pointStride floats
    /// apart. Of a block at the edge, rows and columns past the map count as zero.
    void (*winogradGradient)(const float* data, std::ptrdiff_t rowStride, std::ptrdiff_t pixelStride,
                             int rows, int columns, int channels, float* out, std::ptrdiff_t pointStride);
    /// taps[9][count] → 36 values each, pointStride floats apart.
    void (*winogradKernel)(const float* taps, int count, float* out, std::ptrdiff_t pointStride);
    /// The gradient of those → taps[9][count].
    void (*winogradKernelGradient)(const float* in, std::ptrdiff_t pointStride, int count, float* taps);

    /// sums[c] += Σ (x − middle), squares[c] += Σ (x − middle)²
    void (*moments)(const float* in, std::ptrdiff_t pixels, int channels, const float* middle, float* sums,
                    float* squares);
    void (*norm)(const float* in, std::ptrdiff_t pixels, int channels, const NormVectors& vectors,
                 float* out);
    /// sums[c] += Σ dz, products[c] += Σ dz · (x − mean)
    void (*normSums)(const float* in, const float* gradient, std::ptrdiff_t pixels, int channels,
                     const NormVectors& vectors, float* sums, float* products);
    void (*normBack)(const float* in, const float* gradient, std::ptrdiff_t pixels, int channels,
                     const NormVectors& vectors, float* out);
};

const StepKernels& portableStepKernels();
#if defined(__x86_64__)
const StepKernels& avx2StepKernels();
const StepKernels& avx512StepKernels();
#endif

/// The fastest that this processor can run.
const StepKernels& bestStepKernels();

} // namespace nunatak::models::cpu
