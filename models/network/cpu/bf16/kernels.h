// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>

// The inner loops of the network in bf16: maps and weights are the upper halves of float32 numbers, sums are
// float32. Channels are padded to a multiple of 32 with zeros, which is what one step of a matrix unit takes.
namespace nunatak::models::cpu::bf16 {

/// The upper 16 bits of a float32.
using Number = std::uint16_t;

inline constexpr int channelStep = 32;
/// Outputs that one run of the inner loop computes, and pixels of them.
inline constexpr int blockColumns = 32;
inline constexpr int blockPixels = 32;

/// The next multiple of 32.
constexpr int padded(int channels) {
    return (channels + channelStep - 1) / channelStep * channelStep;
}

/// To the nearest, ties to even; not-a-number stays one.
Number rounded(float value);
float widened(Number number);

/// For pixel p and column c: Σ over taps t and k of in[p · pixelStride + taps[t] + k] · panels[t][k][c].
struct Sum {
    const Number* in = nullptr;
    std::ptrdiff_t pixelStride = 0;
    const std::ptrdiff_t* taps = nullptr; ///< numbers from the pixel to what the tap sees
    int tapCount = 0;
    int depth = 0;                  ///< k of one tap; a multiple of 32
    const Number* panels = nullptr; ///< see matrix.h; null: no such sum
    std::ptrdiff_t panelStride = 0; ///< numbers from 32 columns to the next
};

/// value = leaky ReLU(sum + bias) + plus + add. Up to 31 pixels more than asked for are read.
struct Product {
    Sum sum;
    Sum plus;
    int pixels = 0;
    int columns = 0;             ///< a multiple of 32
    const float* bias = nullptr; ///< of every column
    float slope = 1;             ///< of the leaky ReLU; 1: none
    const float* add = nullptr;
    std::ptrdiff_t addStride = 0;

    // Pixels follow each other over the ends of rows: of `period` the first `inside` are written. Pixel 0 is
    // the `first`-th of its map.
    int first = 0;
    int period = 1;
    int inside = 1;

    // Where values go; exactly one of the three.
    Number* out = nullptr; ///< rounded; of pixel 0
    std::ptrdiff_t outStride = 0;
    float* outFloats = nullptr;  ///< of pixel 0
    int outColumns = 0;          ///< of the floats; fewer than `columns` where those are padded
    const float* dots = nullptr; ///< logits[pixel of the map] += Σ over columns of value · dots
    float* logits = nullptr;     ///< of the whole map, (rows, inside)
};

struct Kernels {
    const char* name;

    void (*multiply)(const Product& product);

    /// One row of a map with half as many rows and columns: the largest of 2 × 2 pixels.
    void (*maxPoolRow)(const Number* upper, const Number* lower, std::ptrdiff_t stride, int channels,
                       int columns, Number* out, std::ptrdiff_t outStride);
    /// One row of a map twice as wide: above · (1 − share) + below · share, and so along the row (half-pixel
    /// centres). Added to `out` where `accumulate`. Scratch: columns · channels floats.
    void (*enlargeRow)(const Number* above, const Number* below, float share, std::ptrdiff_t stride,
                       int channels, int columns, Number* out, std::ptrdiff_t outStride, bool accumulate,
                       float* scratch);
    /// sums[c] += Σ over pixels.
    void (*addUp)(const Number* in, std::ptrdiff_t stride, std::ptrdiff_t pixels, int channels, float* sums);
    /// out = (accumulate ? out : 0) + in · factor[c] + shift[c]
    void (*scale)(const Number* in, std::ptrdiff_t stride, std::ptrdiff_t pixels, int channels,
                  const float* factor, const float* shift, Number* out, std::ptrdiff_t outStride,
                  bool accumulate);
    /// out[p] += Σ_c in[p][c] · weights[c]
    void (*dot)(const Number* in, std::ptrdiff_t stride, std::ptrdiff_t pixels, int channels,
                const float* weights, float* out);
    /// Each rounded.
    void (*round)(const float* in, std::ptrdiff_t count, Number* out);
};

const Kernels& portableKernels();
#if defined(__x86_64__)
/// Multiply with vectors (avx512_bf16).
const Kernels& vectorKernels();
/// Multiply with matrix units (amx_bf16): only after hasMatrixUnits() said yes.
const Kernels& matrixKernels();
#endif

/// Whether this processor has matrix units for bf16, and the system lets this process use them (which is
/// asked for on the first call).
bool hasMatrixUnits();

/// The fastest that this processor can run.
const Kernels& bestKernels();

} // namespace nunatak::models::cpu::bf16
