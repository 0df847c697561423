// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "network/cpu/bf16/map.h"
#include "network/cpu/bf16/matrix.h"
#include "network/cpu/convolution.h"
#include "network/cpu/folded.h"
#include "network/cpu/workspace.h"

namespace nunatak::models::cpu::bf16 {

/// What a layer in bf16 computes with.
struct Workspace {
    const cpu::Workspace& shared;
    const Kernels& kernels;

    Team& team() const { return shared.team; }
    void check() const { shared.check(); }
};

/// Where the values of a convolution go: into a map, or multiplied with a vector and added up over the
/// channels, once for every pixel, without being rounded.
struct Target {
    Map map;
    const float* dots = nullptr;
    float* logits = nullptr;
};

/// 1 × 1 or 3 × 3 ("same").
class Convolution {
public:
    Convolution() = default;
    /// The input has `channels` channels, padding included.
    Convolution(const Folded& layer, int channels, const Place& place);

    /// target = leaky ReLU(convolution of in) + plus' convolution of plusIn, where there is one; that one's
    /// bias is left out.
    void run(const Workspace& work, const Map& in, const Target& target, float slope,
             const Convolution* plus = nullptr, const Map& plusIn = {}) const;

private:
    std::vector<std::ptrdiff_t> tapsOf(const Map& in) const;

    Matrix m_weights;
    Floats m_bias;
};

/// Nearest × 2 and a convolution of 2 × 2 (padded below and on the right), without the enlarged map.
class UpConvolution {
public:
    UpConvolution() = default;
    UpConvolution(const Folded& layer, int channels);
    void run(const Workspace& work, const Map& in, const Map& out) const;

private:
    Matrix m_weights[4];
    Floats m_bias;
};

/// Half as many rows and columns, of 2 × 2 pixels the largest.
void maxPool(const Workspace& work, const Map& in, const Map& out);
/// Twice as many, bilinear with half-pixel centres; added to `out` where `accumulate`.
void enlarge(const Workspace& work, const Map& in, const Map& out, bool accumulate);

} // namespace nunatak::models::cpu::bf16
