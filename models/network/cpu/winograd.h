// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "network/cpu/convolution.h"

namespace nunatak::models::cpu {

/// A 3 × 3 convolution by Winograd's F(4 × 4, 3 × 3), see winograd_points.h: a quarter of the products.
class WinogradConvolution {
public:
    WinogradConvolution() = default;
    /// The input has `channels` channels, padding included.
    WinogradConvolution(const Kernels& kernels, const Folded& layer, int channels, const Place& place);

    /// As it is learnt, without a bias: kernel (outputs, inputs, 3, 3). `back`: not the convolution but the
    /// way back from the gradient of its outputs to that of its inputs. Both counts are multiples of 16.
    WinogradConvolution(const Workspace& work, const float* kernel, int outputs, int inputs, bool back);

    /// out = leaky ReLU(convolution) + add; without `add` when its data is null. `images` maps lie one after
    /// the other.
    void run(const Workspace& work, const Map& in, const Map& out, float slope, const Map& add = {},
             int images = 1) const;

private:
    void runBlock(const Workspace& work, int member, int first, int count, const Map& in, const Map& out,
                  float slope, const Map& add) const;

    int m_channels = 0;
    int m_outputs = 0; ///< padded
    std::ptrdiff_t m_panelStride = 0;
    Floats m_weights; ///< [panel][point][channel][column]
    Floats m_bias;
};

} // namespace nunatak::models::cpu
