// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>

// The inner loops of the network on a processor, compiled once for each family of vector instructions and
// chosen when the program runs. Maps lie pixel by pixel, the channels of a pixel together (N, H, W, C), and
// channels are padded to a multiple of 16 with zeros.
namespace nunatak::models::cpu {

inline constexpr int channelStep = 16;

/// The next multiple of 16.
constexpr int padded(int channels) {
    return (channels + channelStep - 1) / channelStep * channelStep;
}

/// What happens to a sum of products before it is written: bias, leaky ReLU, then another map added.
struct Epilogue {
    const float* bias = nullptr;
    float slope = 1;              ///< of the leaky ReLU; 1: none
    const float* add = nullptr;   ///< at the place of the first output; may be the output itself
    std::ptrdiff_t addStride = 0; ///< from row to row
};

/// out[r] = Σ over taps t and k of rows[t][r][k] · panels[t][k], where the rows are given by pointers, so
/// that a convolution needs no copy of its input.
struct Product {
    const float* const* rows = nullptr; ///< [taps][count]
    std::ptrdiff_t tapStride = 0;       ///< pointers from tap to tap
    std::ptrdiff_t offset = 0;          ///< added to every pointer
    int taps = 1;
    int count = 0;                  ///< rows
    int depth = 0;                  ///< k of one tap
    const float* panels = nullptr;  ///< [panel][taps · depth][panelColumns], see packed_matrix.h
    std::ptrdiff_t panelStride = 0; ///< floats from panel to panel
    int columns = 0;                ///< a multiple of 16
    float* out = nullptr;
    std::ptrdiff_t outStride = 0; ///< floats from row to row
    Epilogue epilogue;
};

/// A square of pixels within a map.
struct Patch {
    const float* data = nullptr;
    std::ptrdiff_t rowStride = 0;
    std::ptrdiff_t pixelStride = 0;
};

/// Where a block of 4 × 4 pixels goes.
struct Block {
    float* data = nullptr;
    std::ptrdiff_t rowStride = 0;
    std::ptrdiff_t pixelStride = 0;
    int rows = 4; ///< fewer at the lower edge of a map
    int columns = 4;
    const float* bias = nullptr;
    float slope = 1;
    const float* add = nullptr; ///< at the place of data
    std::ptrdiff_t addRowStride = 0;
    std::ptrdiff_t addPixelStride = 0;
};

struct Kernels {
    const char* name;
    int panelColumns; ///< columns that one run of the inner loop computes

    void (*multiply)(const Product& product);

    /// Winograd F(4 × 4, 3 × 3): 6 × 6 pixels → 36 values per channel, pointStride floats apart.
    void (*winogradInput)(const Patch& patch, int channels, float* out, std::ptrdiff_t pointStride);
    /// 36 values per channel → 4 × 4 pixels.
    void (*winogradOutput)(const float* in, std::ptrdiff_t pointStride, int channels, const Block& block);

    /// One row of a map with half as many rows and columns: the largest of 2 × 2 pixels.
    void (*maxPoolRow)(const float* upper, const float* lower, std::ptrdiff_t pixelStride, int channels,
                       int columns, float* out, std::ptrdiff_t outStride);
    /// One row of a map twice as wide: above · (1 − share) + below · share, and so along the row (half-pixel
    /// centres). Added to `out` where `accumulate`.
    void (*enlargeRow)(const float* above, const float* below, float share, int channels, int columns,
                       float* out, bool accumulate, float* scratch);
    /// sums[c] += Σ over pixels.
    void (*addUp)(const float* in, std::ptrdiff_t pixels, int channels, float* sums);
    /// out = (accumulate ? out : 0) + in · factor[c] + shift[c]
    void (*scale)(const float* in, std::ptrdiff_t pixels, int channels, const float* factor,
                  const float* shift, float* out, bool accumulate);
    /// out[p] += Σ_c in[p][c] · weights[c]
    void (*dot)(const float* in, std::ptrdiff_t stride, std::ptrdiff_t pixels, int channels,
                const float* weights, float* out);
    /// values = 1 / (1 + exp(−values))
    void (*logistic)(float* values, std::ptrdiff_t count);
    /// values = values · Φ(values), exactly (erf)
    void (*gelu)(float* values, std::ptrdiff_t count);
    /// Softmax of one row after its values were multiplied by `factor`; those past `count` become 0.
    void (*softmaxRow)(float* values, int count, int paddedCount, float factor);
};

const Kernels& portableKernels();
#if defined(__x86_64__)
const Kernels& avx2Kernels();
const Kernels& avx512Kernels();
#endif

/// The fastest that this processor can run.
const Kernels& bestKernels();

} // namespace nunatak::models::cpu
