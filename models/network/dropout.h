// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "network/torch_compat.h"

#include <ATen/core/Generator.h>

#include <cstdint>
#include <optional>

namespace nunatak::models {

/// Dropout that is active only where a seed is given. The seed alone decides what is dropped, so that the
/// same batch with the same seed gives the same result.
class Dropout {
public:
    explicit Dropout(std::optional<std::uint64_t> seed);

    /// `shape` is that of x, or 1 along the axes that are kept or dropped as a whole.
    at::Tensor apply(const at::Tensor& x, at::IntArrayRef shape);

private:
    at::Generator m_generator; ///< undefined: dropout is not active
};

} // namespace nunatak::models
