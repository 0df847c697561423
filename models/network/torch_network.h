// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "learning/learner.h"
#include "models/network.h"
#include "network/cpu/engine.h"
#include "network/inference_layers.h"
#include "network/weight_store.h"
#include "network/worker.h"

#include <memory>

namespace nunatak::models {

/// A network on one device. All that it computes happens on its own thread, in the order asked for, so that
/// LibTorch keeps one team of threads however many jobs use the network.
class TorchNetwork : public Network {
public:
    TorchNetwork(const NetworkSpec& spec, const NamedTensors& weights, const at::Device& device, int threads,
                 Precision precision);

    const NetworkSpec& spec() const override { return m_spec; }
    std::future<Tensor> predict(FeatureBatch batch, std::stop_token stop) override;
    std::future<Tensor> activations(FeatureBatch batch, std::stop_token stop) override;
    LearnResult learn(const LearnBatch& batch, const LearnOptions& options, std::stop_token stop) override;
    LocationEntropy locationEntropy(FeatureBatch batch, Tensor weights, std::stop_token stop) override;
    NamedTensors weights() const override;
    NamedTensors averagedWeights() const override;
    NamedTensors state() const override;
    void restore(const NamedTensors& state) override;

private:
    Tensor predictOnProcessor(const FeatureBatch& batch, const std::stop_token& stop);
    Tensor activationsOnProcessor(const FeatureBatch& batch, const std::stop_token& stop);
    cpu::Engine& engine();
    std::future<Tensor> predictOnGpu(FeatureBatch batch, std::stop_token stop);
    at::Tensor probability(const FeatureBatch& batch, std::stop_token stop);
    at::Tensor runForward(const FeatureBatch& batch, std::stop_token stop);

    void weightsChanged();

    NetworkSpec m_spec;
    at::Device m_device;
    int m_threads;
    Precision m_precision; ///< of prediction
    WeightStore m_store;
    std::unique_ptr<FoldedWeights> m_folded; ///< made on the first prediction after the weights have changed
    std::unique_ptr<cpu::Engine> m_engine;   ///< the same, for prediction on a processor
    std::unique_ptr<Learner> m_learner;      ///< made on the first step: moments are three times the weights
    std::unique_ptr<Worker>
        m_collector;         ///< waits for what a GPU computes, while m_worker sends the next batch
    mutable Worker m_worker; ///< last, so that it ends before what it works on
};

} // namespace nunatak::models
