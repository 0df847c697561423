// SPDX-License-Identifier: GPL-3.0-or-later
#include "learning/learning_layers.h"

#include "learning/batch_norm.h"
#include "learning/step_functions.h"

#include <ATen/ops/addcmul.h>
#include <ATen/ops/constant_pad_nd.h>
#include <ATen/ops/conv2d.h>
#include <ATen/ops/leaky_relu.h>
#include <ATen/ops/linear.h>
#include <ATen/ops/rsqrt.h>
#include <ATen/ops/upsample_nearest2d.h>

namespace nunatak::models {

namespace {

/// Keras' momentum 0.99 in PyTorch's way of counting.
constexpr double statisticsRate = 0.01;

} // namespace

LearningLayers::LearningLayers(const WeightStore& weights,
                               std::function<bool(const std::string&)> batchStatistics,
                               std::optional<std::uint64_t> dropoutSeed, StepEngine* engine)
    : Layers(dropoutSeed), m_weights(weights), m_batchStatistics(std::move(batchStatistics)),
      m_engine(engine) {}

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
    moveStatistics(norm, result.mean, result.variance, x);
    return result.normed;
}

void LearningLayers::moveStatistics(const std::string& norm, const at::Tensor& mean,
                                    const at::Tensor& variance, const at::Tensor& x) const {
    // Keras moves the variance of a BatchNorm on maps by the unbiased one, and on vectors by the biased one.
    const double count = static_cast<double>(x.numel()) / static_cast<double>(x.size(1));
    const double unbias = x.dim() == 4 && count > 1 ? count / (count - 1) : 1;
    const WithoutGradients guard;
    m_weights[norm + "/moving_mean"].lerp_(mean, statisticsRate);
    m_weights[norm + "/moving_variance"].lerp_(variance * unbias, statisticsRate);
}

at::Tensor LearningLayers::byEngine(const std::string& conv, const std::string& norm, const at::Tensor& x,
                                    bool enlarged, std::optional<double> slope) {
    const auto& kernel = weight(conv + "/kernel");
    const bool first = !enlarged && x.size(1) < cpu::channelStep && !x.requires_grad();
    if (m_engine == nullptr || !x.is_cpu() || kernel.size(0) % cpu::channelStep != 0 ||
        kernel.size(2) != (enlarged ? 2 : 3) || !(first || StepEngine::takes(x))) {
        return {};
    }
    StepNorm how;
    how.gamma = weight(norm + "/gamma");
    how.beta = weight(norm + "/beta");
    how.mean = weight(norm + "/moving_mean");
    how.variance = weight(norm + "/moving_variance");
    how.epsilon = batchNormEpsilon;
    how.slope = slope.value_or(1);
    how.ofBatch = m_batchStatistics(norm);
    const auto kind = enlarged ? StepConvolution::Up
                      : first  ? StepConvolution::First
                               : StepConvolution::Three;
    const auto result =
        convNormStep(*m_engine, kind, x, kernel, enlarged ? at::Tensor() : weight(conv + "/bias"), how);
    if (how.ofBatch) {
        moveStatistics(norm, result.mean, result.variance, result.map);
    }
    return result.map;
}

at::Tensor LearningLayers::convNorm(const std::string& conv, const std::string& norm, const at::Tensor& x,
                                    std::optional<double> slope) {
    if (auto done = byEngine(conv, norm, x, false, slope); done.defined()) {
        return done;
    }
    const auto& kernel = weight(conv + "/kernel");
    const auto map = at::conv2d(x, kernel, weight(conv + "/bias"), 1, kernel.size(2) / 2);
    const auto normed = normalise(norm, map);
    return slope ? at::leaky_relu(normed, *slope) : normed;
}

at::Tensor LearningLayers::upConvNorm(const std::string& conv, const std::string& norm, const at::Tensor& x) {
    if (auto done = byEngine(conv, norm, x, true, {}); done.defined()) {
        return done;
    }
    const auto large = at::upsample_nearest2d(x, {2 * x.size(2), 2 * x.size(3)});
    const auto padded = at::constant_pad_nd(large, {0, 1, 0, 1}, 0);
    return normalise(norm, at::conv2d(padded, weight(conv + "/kernel")));
}

at::Tensor LearningLayers::denseNorm(const std::string& dense, const std::string& norm, const at::Tensor& x,
                                     double slope) {
    return at::leaky_relu(normalise(norm, Layers::dense(dense, x)), slope);
}

at::Tensor LearningLayers::project(const std::string& name, const at::Tensor& x, bool bias) {
    const auto& kernel = weight(name + "/kernel");
    if (m_engine == nullptr || !StepEngine::takes(x) || kernel.dim() != 2) {
        return Layers::project(name, x, bias);
    }
    // The channels are last in memory: a product of matrices without a copy on either way.
    const auto pixels = x.contiguous(at::MemoryFormat::ChannelsLast).permute({0, 2, 3, 1});
    return at::linear(pixels, kernel, bias ? weight(name + "/bias") : at::Tensor()).permute({0, 3, 1, 2});
}

at::Tensor LearningLayers::sum(at::Tensor a, const at::Tensor& b) {
    // What the engine made, it does not keep; a view's way back would cost more than its copy.
    return m_engine != nullptr && !a.is_view() ? a.add_(b) : a + b;
}

at::Tensor LearningLayers::sumScaled(at::Tensor a, const at::Tensor& b, const at::Tensor& factor) {
    return at::addcmul(a, b, factor);
}

} // namespace nunatak::models
