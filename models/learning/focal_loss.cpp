// SPDX-License-Identifier: GPL-3.0-or-later
#include "learning/focal_loss.h"

#include <algorithm>
#include <limits>

#include <ATen/ops/log.h>
#include <ATen/ops/pow.h>
#include <ATen/ops/softmax.h>

namespace nunatak::models {

at::Tensor focalLoss(const at::Tensor& logits, const at::Tensor& labels, const at::Tensor& weights,
                     double gamma) {
    constexpr double clip = 1e-7;
    const auto probability = at::softmax(logits, 1).clamp(clip, 1 - clip);
    auto loss = -(labels * at::log(probability));
    if (gamma == 1) {
        loss = loss * (1 - probability);
    } else if (gamma != 0) {
        loss = loss * at::pow(1 - probability, gamma);
    }
    const double total =
        std::max(weights.sum().item<double>(), static_cast<double>(std::numeric_limits<float>::min()));
    return (loss.sum(1) * weights).sum() / total;
}

} // namespace nunatak::models
