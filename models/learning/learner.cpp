// SPDX-License-Identifier: GPL-3.0-or-later
#include "learning/learner.h"

#include "base/error.h"
#include "learning/focal_loss.h"
#include "learning/learning_layers.h"

#include <cmath>

#include <ATen/ops/zeros_like.h>

namespace nunatak::models {

namespace {

constexpr double deepSupervisionShare = 0.5;
constexpr const char* lookedAtName = "accumulated_weight";
constexpr const char* accumulatedPrefix = "accumulated/";

bool learns(NetworkPart part, LearningParts parts) {
    switch (parts) {
    case LearningParts::All:
        return true;
    case LearningParts::Decoder:
        return part == NetworkPart::Decoder || part == NetworkPart::Heads;
    case LearningParts::Heads:
        return part == NetworkPart::Heads;
    }
    return false;
}

/// Runs of neighbouring weights that learn, as (offset, length).
std::vector<std::pair<std::int64_t, std::int64_t>> learningRanges(const WeightStore& store,
                                                                  LearningParts parts) {
    std::vector<std::pair<std::int64_t, std::int64_t>> ranges;
    for (std::size_t i = 0; i < store.slots().size(); ++i) {
        const auto& slot = store.slots()[i];
        if (!slot.trainable || !learns(slot.part, parts)) {
            continue;
        }
        if (!ranges.empty() && ranges.back().first + ranges.back().second == store.offset(i)) {
            ranges.back().second += slot.elements();
        } else {
            ranges.emplace_back(store.offset(i), slot.elements());
        }
    }
    return ranges;
}

Tensor toHost(const at::Tensor& tensor) {
    const auto host = tensor.to(at::kCPU).contiguous();
    const auto* values = host.data_ptr<float>();
    return {host.sizes().vec(), {values, values + host.numel()}};
}

} // namespace

Learner::Learner(const WeightStore& store) : m_store(store), m_adam(store) {}

LearnResult Learner::learn(const NetworkSpec& spec, LearningStep step, const LearnOptions& options) {
    for (std::size_t i = 0; i < m_store.slots().size(); ++i) {
        const auto& slot = m_store.slots()[i];
        m_store.at(i).mutable_grad() = at::Tensor(); // of a step that failed half way
        m_store.at(i).requires_grad_(slot.trainable && learns(slot.part, options.parts));
    }
    const bool wantLocation = options.wantGradients && spec.location > 0;
    if (wantLocation) {
        step.input.location.requires_grad_(true);
    }
    auto batchStatistics = [&](const std::string& norm) {
        return !options.batchNormFrozen && m_store[norm + "/gamma"].requires_grad();
    };
    if (m_store.flat().is_cpu() && !m_engine) {
        m_engine = std::make_unique<StepEngine>(at::get_num_threads());
    }
    LearningLayers layers(m_store, batchStatistics, step.dropoutSeed, m_engine.get());
    const auto output = runGlaViTU(spec, layers, step.input);
    const auto late = layers.project("heads/output", output.activations, true);
    auto loss = focalLoss(late, step.labels, step.weights, options.focalGamma);
    if (spec.deepSupervision) {
        const auto early = layers.project("heads/deep_supervision", output.earlyActivations, true);
        loss = deepSupervisionShare * focalLoss(early, step.labels, step.weights, options.focalGamma) + loss;
    }
    LearnResult result;
    result.loss = loss.item<double>();
    if (!std::isfinite(result.loss)) {
        throw Error("Learning failed: the loss is not a number any more; use a smaller learning rate.");
    }
    loss.backward();

    const auto gradients = collectGradients();
    if (options.wantGradients) {
        result.gradients = describeGradients(gradients, options.parts);
    }
    if (wantLocation) {
        result.locationGradient = toHost(step.input.location.grad());
    }
    const double lookedAt = step.weights.sum().item<double>();
    m_accumulated = m_accumulated.defined() ? m_accumulated.add_(gradients, lookedAt) : gradients * lookedAt;
    m_lookedAt += lookedAt;
    if (options.apply) {
        if (m_lookedAt > 0) {
            m_adam.step(m_store.flat(), m_accumulated.div_(m_lookedAt), options.rate,
                        learningRanges(m_store, options.parts));
        }
        m_accumulated = at::Tensor();
        m_lookedAt = 0;
    }
    return result;
}

at::Tensor Learner::collectGradients() {
    const WithoutGradients guard;
    auto flat = at::zeros_like(m_store.flat());
    for (std::size_t i = 0; i < m_store.slots().size(); ++i) {
        const auto& weight = m_store.at(i);
        if (weight.grad().defined()) {
            const auto& slot = m_store.slots()[i];
            flat.narrow(0, m_store.offset(i), slot.elements()).view(slot.shape).copy_(weight.grad());
            weight.mutable_grad() = at::Tensor();
        }
        weight.requires_grad_(false);
    }
    return flat;
}

NamedTensors Learner::describeGradients(const at::Tensor& gradients, LearningParts parts) const {
    NamedTensors all;
    m_store.describe(gradients, "", all);
    for (const auto& slot : m_store.slots()) {
        if (!slot.trainable || !learns(slot.part, parts)) {
            all.erase(slot.name);
        }
    }
    return all;
}

NamedTensors Learner::averagedWeights() const {
    NamedTensors weights;
    m_store.describe(m_adam.averages(), "", weights);
    return weights;
}

NamedTensors Learner::state() const {
    NamedTensors state;
    m_store.describe(m_store.flat(), "weights/", state);
    m_adam.describe(m_store, state);
    if (m_accumulated.defined()) {
        m_store.describe(m_accumulated, accumulatedPrefix, state);
        state[lookedAtName] = {{1}, {static_cast<float>(m_lookedAt)}};
    }
    return state;
}

void Learner::restore(const NamedTensors& state) {
    const auto device = m_store.flat().device();
    const auto weights = m_store.flatten(state, "weights/");
    auto adam = Adam::restored(m_store, state);
    at::Tensor accumulated;
    double lookedAt = 0;
    const auto waiting = state.find(lookedAtName);
    if (waiting != state.end() && waiting->second.values.size() == 1) {
        accumulated = m_store.flatten(state, accumulatedPrefix).to(device);
        lookedAt = waiting->second.values[0];
    }
    // Everything was read: from here on nothing fails.
    const WithoutGradients guard;
    m_store.flat().copy_(weights);
    m_adam = std::move(adam);
    m_accumulated = accumulated;
    m_lookedAt = lookedAt;
}

} // namespace nunatak::models
