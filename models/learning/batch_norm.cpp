// SPDX-License-Identifier: GPL-3.0-or-later
#include "learning/batch_norm.h"

#include <ATen/ops/addcmul.h>
#include <ATen/ops/rsqrt.h>
#include <torch/csrc/autograd/custom_function.h>

namespace nunatak::models {

namespace {

using torch::autograd::AutogradContext;
using torch::autograd::variable_list;

std::vector<std::int64_t> allButChannels(const at::Tensor& x) {
    std::vector<std::int64_t> axes{0};
    for (std::int64_t axis = 2; axis < x.dim(); ++axis) {
        axes.push_back(axis);
    }
    return axes;
}

/// A vector of channels in a shape that spreads over x.
at::Tensor perChannel(const at::Tensor& vector, const at::Tensor& x) {
    std::vector<std::int64_t> shape(static_cast<std::size_t>(x.dim()), 1);
    shape[1] = -1;
    return vector.view(shape);
}

class BatchNormFunction : public torch::autograd::Function<BatchNormFunction> {
public:
    static variable_list forward(AutogradContext* context, const at::Tensor& x, const at::Tensor& gamma,
                                 const at::Tensor& beta, double epsilon) {
        const auto axes = allButChannels(x);
        const auto mean = x.mean(axes, true);
        auto normed = x - mean;
        const auto variance = (normed * normed).mean(axes, true);
        const auto scale = at::rsqrt(variance + epsilon);
        normed.mul_(scale);
        context->save_for_backward({normed, scale, gamma});
        const auto means = mean.flatten();
        const auto variances = variance.flatten();
        context->mark_non_differentiable({means, variances});
        return {at::addcmul(perChannel(beta, x), normed, perChannel(gamma, x)), means, variances};
    }

    static variable_list backward(AutogradContext* context, variable_list gradients) {
        const auto saved = context->get_saved_variables();
        const auto& normed = saved[0];
        const auto& scale = saved[1];
        const auto& gamma = saved[2];
        const auto& gradient = gradients[0];
        const auto axes = allButChannels(normed);
        const double count = static_cast<double>(normed.numel()) / static_cast<double>(normed.size(1));
        const auto betaGradient = gradient.sum(axes, true);
        const auto gammaGradient = (gradient * normed).sum(axes, true);
        auto x = gradient - betaGradient / count;
        x.addcmul_(normed, gammaGradient, -1 / count).mul_(scale * perChannel(gamma, normed));
        return {x, gammaGradient.flatten(), betaGradient.flatten(), at::Tensor()};
    }
};

} // namespace

BatchNormed batchNorm(const at::Tensor& x, const at::Tensor& gamma, const at::Tensor& beta, double epsilon) {
    auto results = BatchNormFunction::apply(x, gamma, beta, epsilon);
    return {results[0], results[1], results[2]};
}

} // namespace nunatak::models
