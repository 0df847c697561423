// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "network/cpu/folded.h"
#include "network/cpu/packed_matrix.h"
#include "network/cpu/workspace.h"

#include <functional>

namespace nunatak::models::cpu {

/// Where the channels of a layer's input lie: input i of the weights is channel place(i) of the map. Padding
/// lies between the parts of a concatenation.
using Place = std::function<int(int input)>;

/// Convolutions of maps; outputs are written to a map that may be a part of another. `slope` is that of the
/// leaky ReLU (1: none); `add` is a map added after it, which may be the output itself.

/// 1 × 1.
class PointConvolution {
public:
    PointConvolution() = default;
    /// The input has `channels` channels, padding included.
    PointConvolution(const Kernels& kernels, const Folded& layer, int channels, const Place& place);
    void run(const Workspace& work, const Map& in, const Map& out, float slope, const Map& add = {}) const;

private:
    PackedMatrix m_weights;
    Floats m_bias;
};

/// 3 × 3 with few input channels, as a plain sum; the input's channels are not padded.
class FirstConvolution {
public:
    FirstConvolution() = default;
    FirstConvolution(const Kernels& kernels, const Folded& layer);
    void run(const Workspace& work, const Map& in, const Map& out, float slope) const;
    /// One row, by one member of the team; outStride floats from pixel to pixel.
    void runRow(const Workspace& work, int member, const Map& in, int row, float slope, float* out,
                std::ptrdiff_t outStride) const;
    /// With padding.
    int outputs() const { return m_weights.columns(); }

private:
    PackedMatrix m_weights;
    Floats m_bias;
};

/// Nearest × 2 and a convolution of 2 × 2 (padded below and on the right), without the enlarged map: each of
/// the four outputs of a small pixel is a convolution of the small map with 1, 2, 2 and 4 taps.
class UpConvolution {
public:
    UpConvolution() = default;
    UpConvolution(const Kernels& kernels, const Folded& layer);
    void run(const Workspace& work, const Map& in, const Map& out) const;

private:
    PackedMatrix m_weights[4];
    Floats m_bias;
};

/// The bias, padded to `channels`.
Floats paddedBias(const Folded& layer, int channels);

/// Weight of a tap in one of the four outputs of a small pixel (phase: 2 · lower + right, which has 1, 2, 2
/// and 4 taps in rows): the sum of those of the 2 × 2 kernel that see the same small pixel.
float phaseWeight(const Folded& layer, int output, int input, int phase, int tap);

} // namespace nunatak::models::cpu
