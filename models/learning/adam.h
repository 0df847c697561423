// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "network/weight_store.h"

#include <cstdint>
#include <utility>
#include <vector>

namespace nunatak::models {

/// Adam as Keras has it: epsilon 1e-7 beside the uncorrected root of the second moment.
/// Also keeps the exponential moving average of all weights.
class Adam {
public:
    explicit Adam(const WeightStore& store);

    /// One step for the weights of these ranges (offset, length) of the flat arrays.
    void step(const at::Tensor& weights, const at::Tensor& gradients, double rate,
              const std::vector<std::pair<std::int64_t, std::int64_t>>& ranges);

    const at::Tensor& averages() const { return m_averages; }

    void describe(const WeightStore& store, NamedTensors& to) const;
    /// Adam and averages as they were. Throws Error naming what is missing or does not fit.
    static Adam restored(const WeightStore& store, const NamedTensors& state);

private:
    at::Tensor m_first;
    at::Tensor m_second;
    at::Tensor m_averages;
    std::int64_t m_steps = 0;
};

} // namespace nunatak::models
