// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "network/torch_compat.h"

namespace nunatak::models {

/// Focal loss with soft labels: the mean over pixels, by their weights, of Σ −(1 − p)^gamma · y · log p.
/// p is clipped to [1e-7, 1 − 1e-7] and has no gradient beyond. All pixels of weight 0: the loss is 0.
/// logits and labels (N, 2, h, w), weights (N, h, w).
at::Tensor focalLoss(const at::Tensor& logits, const at::Tensor& labels, const at::Tensor& weights,
                     double gamma);

} // namespace nunatak::models
