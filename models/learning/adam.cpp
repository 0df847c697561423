// SPDX-License-Identifier: GPL-3.0-or-later
#include "learning/adam.h"

#include "base/error.h"

#include <algorithm>
#include <cmath>

#include <ATen/ops/sqrt.h>
#include <ATen/ops/zeros_like.h>

namespace nunatak::models {

namespace {

constexpr double beta1 = 0.9;
constexpr double beta2 = 0.999;
constexpr double epsilon = 1e-7;
/// The averages reach back about a thousand steps, at first a tenth of what was done.
constexpr double averageDecay = 0.999;

constexpr const char* stepsName = "adam/steps";
/// Steps are kept as two floats, which hold whole numbers of 24 bits each.
constexpr std::int64_t stepsBase = 1 << 24;

} // namespace

Adam::Adam(const WeightStore& store)
    : m_first(at::zeros_like(store.flat())), m_second(at::zeros_like(store.flat())),
      m_averages(store.flat().clone()) {}

void Adam::step(const at::Tensor& weights, const at::Tensor& gradients, double rate,
                const std::vector<std::pair<std::int64_t, std::int64_t>>& ranges) {
    const WithoutGradients guard;
    ++m_steps;
    const auto step = static_cast<double>(m_steps);
    const double corrected = rate * std::sqrt(1 - std::pow(beta2, step)) / (1 - std::pow(beta1, step));
    for (const auto& [offset, length] : ranges) {
        const auto gradient = gradients.narrow(0, offset, length);
        auto first = m_first.narrow(0, offset, length);
        auto second = m_second.narrow(0, offset, length);
        first.mul_(beta1).add_(gradient, 1 - beta1);
        second.mul_(beta2).addcmul_(gradient, gradient, 1 - beta2);
        weights.narrow(0, offset, length).addcdiv_(first, at::sqrt(second).add_(epsilon), -corrected);
    }
    m_averages.lerp_(weights, 1 - std::min(averageDecay, (1 + step) / (10 + step)));
}

void Adam::describe(const WeightStore& store, NamedTensors& to) const {
    store.describe(m_first, "adam/first_moment/", to);
    store.describe(m_second, "adam/second_moment/", to);
    store.describe(m_averages, "averages/", to);
    to[stepsName] = {{2}, {static_cast<float>(m_steps / stepsBase), static_cast<float>(m_steps % stepsBase)}};
}

Adam Adam::restored(const WeightStore& store, const NamedTensors& state) {
    const auto steps = state.find(stepsName);
    const bool usable =
        steps != state.end() && steps->second.values.size() == 2 &&
        std::all_of(steps->second.values.begin(), steps->second.values.end(),
                    [](float value) { return value >= 0 && value < static_cast<float>(stepsBase); });
    if (!usable) {
        throw Error("The state of learning has no usable \"" + std::string(stepsName) + "\".");
    }
    Adam adam(store);
    const auto device = store.flat().device();
    adam.m_first = store.flatten(state, "adam/first_moment/").to(device);
    adam.m_second = store.flatten(state, "adam/second_moment/").to(device);
    adam.m_averages = store.flatten(state, "averages/").to(device);
    const auto& values = steps->second.values;
    adam.m_steps = static_cast<std::int64_t>(values[0]) * stepsBase + static_cast<std::int64_t>(values[1]);
    return adam;
}

} // namespace nunatak::models
