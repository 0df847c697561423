// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The one place that knows which LibTorch is used: Debian's 1.13 or a newer 2.x. Only narrow headers, since
// those of the whole library cost half a minute in every source file; operators are included where they are
// used.
#include <ATen/Context.h>
#include <ATen/Parallel.h>
#include <ATen/TensorOperators.h>
#include <ATen/core/Tensor.h>
#include <c10/core/GradMode.h>
#include <c10/core/InferenceMode.h>
#include <c10/util/Exception.h>
#include <torch/version.h>

namespace nunatak::models {

#if TORCH_VERSION_MAJOR >= 2
inline bool hasCuda() {
    return at::globalContext().hasCUDA();
}
#else
inline bool hasCuda() {
    return at::hasCUDA();
}
#endif

/// For the scope: results are not recorded for gradients.
using WithoutGradients = at::NoGradGuard;

} // namespace nunatak::models
