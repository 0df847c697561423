// SPDX-License-Identifier: GPL-3.0-or-later
#include "network/dropout.h"

#include <ATen/CPUGeneratorImpl.h>
#include <ATen/ops/empty.h>

namespace nunatak::models {

namespace {

/// The published one.
constexpr double dropoutRate = 0.1;

} // namespace

Dropout::Dropout(std::optional<std::uint64_t> seed) {
    if (seed) {
        m_generator = at::detail::createCPUGenerator(*seed);
    }
}

at::Tensor Dropout::apply(const at::Tensor& x, at::IntArrayRef shape) {
    if (!m_generator.defined()) {
        return x;
    }
    // Drawn on the processor whatever the device, so that a seed means the same everywhere.
    auto kept = at::empty(shape, x.options().device(at::kCPU)).bernoulli_(1 - dropoutRate, m_generator);
    return x * kept.mul_(1 / (1 - dropoutRate)).to(x.device());
}

} // namespace nunatak::models
