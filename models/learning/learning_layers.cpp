// SPDX-License-Identifier: GPL-3.0-or-later
#include "learning/learning_layers.h"

#include "learning/batch_norm.h"

#include <ATen/ops/addcmul.h>
#include <ATen/ops/constant_pad_nd.h>
#include <ATen/ops/conv2d.h>
#include <ATen/ops/leaky_relu.h>
#include <ATen/ops/rsqrt.h>
#include <ATen/ops/upsample_nearest2d.h>

namespace nunatak::models {

namespace {

/// Keras' momentum 0.99 in PyTorch's way of counting.
constexpr double statisticsRate = 0.01;

} // namespace

LearningLayers::LearningLayers(const WeightStore& weights,
                               std::function<bool(const std::string&)> batchStatistics,
                               std::optional<std::uint64_t> dropoutSeed)
    : Layers(dropoutSeed), m_weights(weights), m_batchStatistics(std::move(batchStatistics)) {}

at::Tensor LearningLayers::normalise(const std::string& norm, const at::Tensor& x) {
    const auto& gamma = weight(norm + "/gamma");
    const auto& beta = weight(norm + "/beta");
    const auto& mean = weight(norm + "/moving_mean");
    const auto& variance = weight(norm + "/moving_variance");
    if (!m_batchStatistics(norm)) {
        auto shape = std::vector<std::int64_t>(static_cast<std::size_t>(x.dim()), 1);
        shape[1] = -1;
        const auto scale = gamma * at::rsqrt(variance + batchNormEpsilon);
        return at::addcmul((beta - mean * scale).view(shape), x, scale.view(shape));
    }
    const auto result = batchNorm(x, gamma, beta, batchNormEpsilon);
    // Keras moves the variance of a BatchNorm on maps by the unbiased one, and on vectors by the biased one.
    const double count = static_cast<double>(x.numel()) / static_cast<double>(x.size(1));
    const double unbias = x.dim() == 4 && count > 1 ? count / (count - 1) : 1;
    const WithoutGradients guard;
    mean.lerp_(result.mean, statisticsRate);
    variance.lerp_(result.variance * unbias, statisticsRate);
    return result.normed;
}

at::Tensor LearningLayers::convNorm(const std::string& conv, const std::string& norm, const at::Tensor& x,
                                    std::optional<double> slope) {
    const auto& kernel = weight(conv + "/kernel");
    const auto map = at::conv2d(x, kernel, weight(conv + "/bias"), 1, kernel.size(2) / 2);
    const auto normed = normalise(norm, map);
    return slope ? at::leaky_relu(normed, *slope) : normed;
}

at::Tensor LearningLayers::upConvNorm(const std::string& conv, const std::string& norm, const at::Tensor& x) {
    const auto large = at::upsample_nearest2d(x, {2 * x.size(2), 2 * x.size(3)});
    const auto padded = at::constant_pad_nd(large, {0, 1, 0, 1}, 0);
    return normalise(norm, at::conv2d(padded, weight(conv + "/kernel")));
}

at::Tensor LearningLayers::denseNorm(const std::string& dense, const std::string& norm, const at::Tensor& x,
                                     double slope) {
    return at::leaky_relu(normalise(norm, Layers::dense(dense, x)), slope);
}

at::Tensor LearningLayers::sumScaled(at::Tensor a, const at::Tensor& b, const at::Tensor& factor) {
    return at::addcmul(a, b, factor);
}

} // namespace nunatak::models
