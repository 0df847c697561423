// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/tensor.h"
#include "models/weight_layout.h"
#include "network/torch_compat.h"

#include <string>
#include <unordered_map>
#include <vector>

namespace nunatak::models {

/// All weights of a network in one piece of memory, so that Adam and averages are a few operations instead of
/// hundreds, and each one by name as a tensor in that memory.
class WeightStore {
public:
    WeightStore(const NetworkSpec& spec, const NamedTensors& weights, const at::Device& device);

    const std::vector<WeightSlot>& slots() const { return m_slots; }
    const at::Tensor& flat() const { return m_flat; }
    std::int64_t size() const { return m_size; }
    std::int64_t offset(std::size_t slot) const { return m_offsets[slot]; }

    const at::Tensor& operator[](const std::string& name) const;
    const at::Tensor& at(std::size_t slot) const { return m_tensors[slot]; }

    /// Any flat array of this size (weights, averages, moments) by weight name, each name behind `prefix`.
    void describe(const at::Tensor& flat, const std::string& prefix, NamedTensors& to) const;
    /// The way back. Throws Error naming the first weight that is missing or of another shape.
    at::Tensor flatten(const NamedTensors& tensors, const std::string& prefix) const;

private:
    std::vector<WeightSlot> m_slots;
    std::vector<std::int64_t> m_offsets;
    std::int64_t m_size = 0;
    at::Tensor m_flat;
    std::vector<at::Tensor> m_tensors;
    std::unordered_map<std::string, std::size_t> m_index;
};

/// Throws Error naming the first weight that is missing, too many or of another shape.
void checkWeights(const std::vector<WeightSlot>& slots, const NamedTensors& weights);

} // namespace nunatak::models
