// SPDX-License-Identifier: GPL-3.0-or-later
#include "network/layers.h"

#include <ATen/ops/conv2d.h>
#include <ATen/ops/layer_norm.h>
#include <ATen/ops/linear.h>

namespace nunatak::models {

at::Tensor Layers::dense(const std::string& name, const at::Tensor& x) {
    return at::linear(x, weight(name + "/kernel"), weight(name + "/bias"));
}

at::Tensor Layers::project(const std::string& name, const at::Tensor& x, bool bias) {
    const auto& kernel = weight(name + "/kernel");
    const auto shaped = kernel.dim() == 4 ? kernel : kernel.unsqueeze(2).unsqueeze(3);
    return at::conv2d(x, shaped, bias ? weight(name + "/bias") : at::Tensor());
}

at::Tensor Layers::patches(const std::string& name, const at::Tensor& x) {
    return at::conv2d(x, weight(name + "/kernel"), weight(name + "/bias"), patchSide);
}

at::Tensor Layers::layerNorm(const std::string& name, const at::Tensor& x) {
    return at::layer_norm(x, {x.size(-1)}, weight(name + "/gamma"), weight(name + "/beta"), layerNormEpsilon);
}

} // namespace nunatak::models
