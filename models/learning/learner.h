// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "learning/adam.h"
#include "learning/step_engine.h"
#include "models/network.h"
#include "network/glavitu.h"
#include "network/weight_store.h"

namespace nunatak::models {

/// What one step looks at, on the device.
struct LearningStep {
    GlaViTUInput input;
    at::Tensor labels;
    at::Tensor weights;
    std::optional<std::uint64_t> dropoutSeed;
};

/// Learning of one network: the step and all that lasts from step to step.
///
/// Weights of a part that does not learn are constant: their BatchNorms use their moving statistics and keep
/// them. Accumulated steps are joined by how much was looked at in each, so that two halves of a batch learn
/// what the whole batch would (BatchNorm of the batch apart). A step in which nothing was looked at changes
/// no trained weight. No random number is drawn but from seeds that the caller gives, so there is no random
/// state to keep.
class Learner {
public:
    explicit Learner(const WeightStore& store);

    LearnResult learn(const NetworkSpec& spec, LearningStep step, const LearnOptions& options);

    NamedTensors averagedWeights() const;
    NamedTensors state() const;
    /// Throws Error, and changes nothing, when the state is not whole or of another network.
    void restore(const NamedTensors& state);

private:
    at::Tensor collectGradients();
    NamedTensors describeGradients(const at::Tensor& gradients, LearningParts parts) const;

    const WeightStore& m_store;
    std::unique_ptr<StepEngine> m_engine; ///< on a processor
    Adam m_adam;
    at::Tensor m_accumulated; ///< Σ gradient × looked at; undefined when nothing waits
    double m_lookedAt = 0;    ///< Σ of pixel weights behind it
};

} // namespace nunatak::models
