// SPDX-License-Identifier: GPL-3.0-or-later
#include "network/weight_store.h"

#include "base/error.h"
#include "models/keras_layout.h"

#include <algorithm>
#include <cmath>
#include <set>

#include <ATen/ops/empty.h>

namespace nunatak::models {

namespace {

const Tensor& findWeight(const WeightSlot& slot, const NamedTensors& tensors, const std::string& prefix) {
    const auto found = tensors.find(prefix + slot.name);
    if (found == tensors.end()) {
        throw Error("The weight " + prefix + slot.name +
                    " is missing; these weights belong to another network.");
    }
    const auto& tensor = found->second;
    if (tensor.shape != slot.shape || tensor.values.size() != static_cast<std::size_t>(slot.elements())) {
        throw Error("The weight " + prefix + slot.name + " has the shape " + shapeText(tensor.shape) +
                    "; the network needs " + shapeText(slot.shape) + ".");
    }
    if (!std::all_of(tensor.values.begin(), tensor.values.end(), [](float v) { return std::isfinite(v); })) {
        throw Error("The weight " + prefix + slot.name + " holds a value that is infinite or not a number.");
    }
    return tensor;
}

} // namespace

void checkWeights(const std::vector<WeightSlot>& slots, const NamedTensors& weights) {
    std::set<std::string> known;
    for (const auto& slot : slots) {
        findWeight(slot, weights, "");
        known.insert(slot.name);
    }
    for (const auto& [name, tensor] : weights) {
        if (!known.contains(name)) {
            throw Error("The weight " + name +
                        " is not one of this network; these weights belong to another one.");
        }
    }
}

WeightStore::WeightStore(const NetworkSpec& spec, const NamedTensors& weights, const at::Device& device)
    : m_slots(weightLayout(spec)) {
    checkWeights(m_slots, weights);
    for (std::size_t i = 0; i < m_slots.size(); ++i) {
        m_index.emplace(m_slots[i].name, i);
        m_offsets.push_back(m_size);
        m_size += m_slots[i].elements();
    }
    const WithoutGradients guard;
    m_flat = flatten(weights, "").to(device);
    for (std::size_t i = 0; i < m_slots.size(); ++i) {
        // variable_data: each has a version of its own, so that updating moving statistics within a step does
        // not look like a change of the weights that the step needs.
        m_tensors.push_back(
            m_flat.narrow(0, m_offsets[i], m_slots[i].elements()).view(m_slots[i].shape).variable_data());
    }
}

const at::Tensor& WeightStore::operator[](const std::string& name) const {
    const auto found = m_index.find(name);
    if (found == m_index.end()) {
        throw Error("The network has no weight " + name + ".");
    }
    return m_tensors[found->second];
}

void WeightStore::describe(const at::Tensor& flat, const std::string& prefix, NamedTensors& to) const {
    const auto host = flat.to(at::kCPU);
    const auto* values = host.data_ptr<float>();
    for (std::size_t i = 0; i < m_slots.size(); ++i) {
        const auto* begin = values + m_offsets[i];
        to[prefix + m_slots[i].name] = {m_slots[i].shape, {begin, begin + m_slots[i].elements()}};
    }
}

at::Tensor WeightStore::flatten(const NamedTensors& tensors, const std::string& prefix) const {
    auto flat = at::empty({m_size}, at::kFloat);
    auto* next = flat.data_ptr<float>();
    for (const auto& slot : m_slots) {
        const auto& values = findWeight(slot, tensors, prefix).values;
        next = std::copy(values.begin(), values.end(), next);
    }
    return flat;
}

} // namespace nunatak::models
