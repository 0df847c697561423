// SPDX-License-Identifier: GPL-3.0-or-later
#include "learning/learning_layers.h"

#include <ATen/ops/addcmul.h>
#include <ATen/ops/batch_norm.h>
#include <ATen/ops/constant_pad_nd.h>
#include <ATen/ops/conv2d.h>
#include <ATen/ops/leaky_relu.h>
#include <ATen/ops/linear.h>
#include <ATen/ops/upsample_nearest2d.h>
#include <ATen/ops/var.h>

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
    const bool batch = m_batchStatistics(norm);
    if (batch && x.dim() == 2) {
        // Keras moves the variance of a BatchNorm on vectors by the biased one, PyTorch by the unbiased one.
        {
            const WithoutGradients guard;
            mean.lerp_(x.mean({0}), statisticsRate);
            variance.lerp_(x.var(0, /*unbiased=*/false), statisticsRate);
        }
        return at::batch_norm(x, gamma, beta, at::Tensor(), at::Tensor(), true, statisticsRate,
                              batchNormEpsilon, true);
    }
    return at::batch_norm(x, gamma, beta, mean, variance, batch, statisticsRate, batchNormEpsilon, true);
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
