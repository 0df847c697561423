// SPDX-License-Identifier: GPL-3.0-or-later
#include "network/cpu/step/norm.h"

#include <algorithm>
#include <cmath>

namespace nunatak::models::cpu {

namespace {

/// Pixels of one piece of work, whose sums are single precision.
constexpr std::ptrdiff_t pixelsAtOnce = 256;

int piecesOf(std::ptrdiff_t pixels) {
    return static_cast<int>((pixels + pixelsAtOnce - 1) / pixelsAtOnce);
}

/// sum(first, count, to) of each piece, to two vectors of `channels` each; the pieces added up in their
/// order.
template <typename Sum>
std::vector<double> sumUp(const Workspace& work, std::ptrdiff_t pixels, int channels, const Sum& sum) {
    const int pieces = piecesOf(pixels);
    const auto width = 2 * static_cast<std::size_t>(channels);
    Floats parts(static_cast<std::size_t>(pieces) * width);
    work.team.share(pieces, [&](int piece, int) {
        const auto first = piece * pixelsAtOnce;
        sum(first, std::min(pixelsAtOnce, pixels - first),
            parts.data() + static_cast<std::size_t>(piece) * width);
    });
    std::vector<double> all(width);
    for (std::size_t piece = 0; piece < static_cast<std::size_t>(pieces); ++piece) {
        for (std::size_t i = 0; i < width; ++i) {
            all[i] += static_cast<double>(parts.data()[piece * width + i]);
        }
    }
    return all;
}

} // namespace

Moments momentsOf(const Workspace& work, const float* map, std::ptrdiff_t pixels, int channels) {
    const auto& kernels = bestStepKernels();
    const auto width = static_cast<std::size_t>(channels);
    // Summed about the mean of the first pixels, so that a large mean costs no digits of the variance.
    std::vector<float> middle(width);
    {
        const auto few = std::min(pixels, pixelsAtOnce);
        std::vector<float> zeros(width);
        std::vector<float> squares(width);
        kernels.moments(map, few, channels, zeros.data(), middle.data(), squares.data());
        for (auto& value : middle) {
            value /= static_cast<float>(few);
        }
    }
    const auto sums =
        sumUp(work, pixels, channels, [&](std::ptrdiff_t first, std::ptrdiff_t count, float* to) {
            kernels.moments(map + first * channels, count, channels, middle.data(), to, to + channels);
        });
    Moments moments{std::vector<float>(width), std::vector<float>(width)};
    const auto count = static_cast<double>(pixels);
    for (std::size_t c = 0; c < width; ++c) {
        const double mean = sums[c] / count;
        moments.mean[c] = static_cast<float>(static_cast<double>(middle[c]) + mean);
        moments.variance[c] = static_cast<float>(std::max(0.0, sums[width + c] / count - mean * mean));
    }
    return moments;
}

Norm::Norm(Moments moments, bool ofBatch, const float* gamma, const float* beta, double epsilon, float slope)
    : m_moments(std::move(moments)), m_ofBatch(ofBatch), m_slope(slope) {
    for (std::size_t c = 0; c < m_moments.mean.size(); ++c) {
        m_gamma.push_back(static_cast<double>(gamma[c]));
        m_scale.push_back(1 / std::sqrt(static_cast<double>(m_moments.variance[c]) + epsilon));
        const double factor = m_gamma[c] * m_scale[c];
        m_factor.push_back(static_cast<float>(factor));
        m_shift.push_back(static_cast<float>(static_cast<double>(beta[c]) -
                                             static_cast<double>(m_moments.mean[c]) * factor));
    }
}

NormVectors Norm::vectors() const {
    NormVectors vectors;
    vectors.factor = m_factor.data();
    vectors.shift = m_shift.data();
    vectors.mean = m_moments.mean.data();
    vectors.slope = m_slope;
    return vectors;
}

void Norm::run(const Workspace& work, const float* map, std::ptrdiff_t pixels, float* out) const {
    const auto all = vectors();
    work.team.share(piecesOf(pixels), [&](int piece, int) {
        const auto first = piece * pixelsAtOnce;
        bestStepKernels().norm(map + first * channels(), std::min(pixelsAtOnce, pixels - first), channels(),
                               all, out + first * channels());
    });
}

Norm::Gradients Norm::back(const Workspace& work, const float* map, const float* gradient,
                           std::ptrdiff_t pixels, float* mapGradient) const {
    const auto& kernels = bestStepKernels();
    const auto width = static_cast<std::size_t>(channels());
    auto all = vectors();
    const auto sums =
        sumUp(work, pixels, channels(), [&](std::ptrdiff_t first, std::ptrdiff_t count, float* to) {
            kernels.normSums(map + first * channels(), gradient + first * channels(), count, channels(), all,
                             to, to + channels());
        });
    Gradients result{std::vector<float>(width), std::vector<float>(width), std::vector<float>(width)};
    std::vector<float> centred(width);
    std::vector<float> constant(width);
    const auto count = static_cast<double>(pixels);
    for (std::size_t c = 0; c < width; ++c) {
        const double ofGamma = sums[width + c] * m_scale[c];
        const double factor = m_gamma[c] * m_scale[c];
        result.beta[c] = static_cast<float>(sums[c]);
        result.gamma[c] = static_cast<float>(ofGamma);
        if (m_ofBatch) {
            centred[c] = static_cast<float>(-factor * m_scale[c] * ofGamma / count);
            constant[c] = static_cast<float>(-factor * sums[c] / count);
        } else {
            result.bias[c] = static_cast<float>(factor * sums[c]);
        }
    }
    if (mapGradient != nullptr) {
        all.gradientFactor = m_factor.data();
        all.centredFactor = centred.data();
        all.constant = constant.data();
        work.team.share(piecesOf(pixels), [&](int piece, int) {
            const auto first = piece * pixelsAtOnce;
            kernels.normBack(map + first * channels(), gradient + first * channels(),
                             std::min(pixelsAtOnce, pixels - first), channels(), all,
                             mapGradient + first * channels());
        });
    }
    return result;
}

} // namespace nunatak::models::cpu
