// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "learning/step_engine.h"
#include "network/layers.h"
#include "network/weight_store.h"

#include <functional>

namespace nunatak::models {

/// Layers for learning: BatchNorm as Keras has it, every step recorded for the way back.
class LearningLayers : public Layers {
public:
    /// `batchStatistics` says of a BatchNorm, by name, whether it works with the statistics of the batch and
    /// moves its own towards them. With an engine, the program's own loops do what they can.
    LearningLayers(const WeightStore& weights, std::function<bool(const std::string&)> batchStatistics,
                   std::optional<std::uint64_t> dropoutSeed, StepEngine* engine = nullptr);

    const at::Tensor& weight(const std::string& name) override { return m_weights[name]; }
    at::Tensor convNorm(const std::string& conv, const std::string& norm, const at::Tensor& x,
                        std::optional<double> slope) override;
    at::Tensor upConvNorm(const std::string& conv, const std::string& norm, const at::Tensor& x) override;
    at::Tensor denseNorm(const std::string& dense, const std::string& norm, const at::Tensor& x,
                         double slope) override;
    at::Tensor project(const std::string& name, const at::Tensor& x, bool bias) override;
    at::Tensor sum(at::Tensor a, const at::Tensor& b) override;
    at::Tensor sumScaled(at::Tensor a, const at::Tensor& b, const at::Tensor& factor) override;

private:
    at::Tensor normalise(const std::string& norm, const at::Tensor& x);
    void moveStatistics(const std::string& norm, const at::Tensor& mean, const at::Tensor& variance,
                        const at::Tensor& x) const;
    /// By the engine; undefined where its loops do not take the layer.
    at::Tensor byEngine(const std::string& conv, const std::string& norm, const at::Tensor& x, bool enlarged,
                        std::optional<double> slope);

    const WeightStore& m_weights;
    std::function<bool(const std::string&)> m_batchStatistics;
    StepEngine* m_engine;
};

} // namespace nunatak::models
