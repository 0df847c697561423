// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "network/cpu/step/kernels.h"
#include "network/cpu/workspace.h"

#include <vector>

namespace nunatak::models::cpu {

/// Mean and biased variance of each channel over `pixels` pixels that lie one after the other.
struct Moments {
    std::vector<float> mean;
    std::vector<float> variance;
};
/// Summed in double precision from runs of pixels, always the same ones.
Moments momentsOf(const Workspace& work, const float* map, std::ptrdiff_t pixels, int channels);

/// BatchNorm and a leaky ReLU (slope 1: none) on a map, and the way back.
class Norm {
public:
    /// `ofBatch`: the moments are those of the map itself, so that they have a way back.
    Norm(Moments moments, bool ofBatch, const float* gamma, const float* beta, double epsilon, float slope);

    /// out may be the map itself.
    void run(const Workspace& work, const float* map, std::ptrdiff_t pixels, float* out) const;

    struct Gradients {
        std::vector<float> gamma;
        std::vector<float> beta;
        /// Of what is added to every pixel before; all zero where the moments are those of the map.
        std::vector<float> bias;
    };
    /// `mapGradient` may be null when nobody asks for it, and may be `gradient` itself.
    Gradients back(const Workspace& work, const float* map, const float* gradient, std::ptrdiff_t pixels,
                   float* mapGradient) const;

private:
    int channels() const { return static_cast<int>(m_moments.mean.size()); }
    NormVectors vectors() const;

    Moments m_moments;
    bool m_ofBatch;
    std::vector<double> m_scale; ///< 1 / standard deviation
    std::vector<double> m_gamma;
    std::vector<float> m_factor;
    std::vector<float> m_shift;
    float m_slope;
};

} // namespace nunatak::models::cpu
