// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/weight_layout.h"

#include <cmath>
#include <numbers>
#include <random>

namespace nunatak::models {

namespace {

/// Numbers that depend on the seed alone: the standard library's distributions differ between its makers.
class Draw {
public:
    explicit Draw(std::uint64_t seed) : m_engine(seed) {}

    double uniform() { return static_cast<double>(m_engine() >> 11) * 0x1.0p-53; }
    double normal() {
        const double radius = std::sqrt(-2 * std::log(1 - uniform()));
        return radius * std::cos(2 * std::numbers::pi * uniform());
    }

private:
    std::mt19937_64 m_engine;
};

/// Keras' bound of Glorot's uniform distribution: all axes but the last two count as the receptive field.
double glorotLimit(const std::vector<std::int64_t>& kerasShape) {
    double field = 1;
    for (std::size_t axis = 0; axis + 2 < kerasShape.size(); ++axis) {
        field *= static_cast<double>(kerasShape[axis]);
    }
    const double in = field * static_cast<double>(kerasShape[kerasShape.size() - 2]);
    const double out = field * static_cast<double>(kerasShape.back());
    return std::sqrt(6 / (in + out));
}

Tensor initialTensor(const WeightSlot& slot, Draw& draw) {
    Tensor tensor{slot.shape, {}};
    tensor.values.assign(static_cast<std::size_t>(slot.elements()),
                         slot.initial == InitialValue::Ones ? 1.0f : 0.0f);
    if (slot.initial == InitialValue::GlorotUniform) {
        const double limit = glorotLimit(slot.kerasShape);
        for (auto& value : tensor.values) {
            value = static_cast<float>((2 * draw.uniform() - 1) * limit);
        }
    } else if (slot.initial == InitialValue::Positions) {
        for (auto& value : tensor.values) {
            value = static_cast<float>(0.05 * draw.normal());
        }
    }
    return tensor;
}

} // namespace

NamedTensors initialWeights(const NetworkSpec& spec, std::uint64_t seed) {
    Draw draw(seed);
    NamedTensors weights;
    for (const auto& slot : weightLayout(spec)) {
        weights[slot.name] = initialTensor(slot, draw);
    }
    return weights;
}

} // namespace nunatak::models
