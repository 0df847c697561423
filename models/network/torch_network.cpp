// SPDX-License-Identifier: GPL-3.0-or-later
#include "network/torch_network.h"

#include "learning/location_entropy.h"
#include "network/batch_tensors.h"
#include "network/cpu/bf16/network.h"
#include "network/gpu_transfer.h"

#include <ATen/ops/conv2d.h>

namespace nunatak::models {

namespace {

void checkOptions(const LearnOptions& options) {
    if (!(options.rate >= 0 && options.rate <= 1e3)) {
        throw Error("The learning rate must be a number between 0 and 1000.");
    }
    if (!(options.focalGamma >= 0 && options.focalGamma <= 100)) {
        throw Error("The focal loss' gamma must be a number between 0 and 100.");
    }
}

at::ScalarType mapType(Precision precision) {
    switch (precision) {
    case Precision::BFloat16:
        return at::kBFloat16;
    case Precision::Float16:
        return at::kHalf;
    case Precision::Float32:
        break;
    }
    return at::kFloat;
}

/// In the order of the spec.
std::vector<const float*> featuresOf(const FeatureBatch& batch, const NetworkSpec& spec) {
    std::vector<const float*> features;
    for (const auto& feature : spec.features) {
        features.push_back(batch.features.at(feature.name).values.data());
    }
    return features;
}

const float* locationOf(const FeatureBatch& batch) {
    return batch.location ? batch.location->values.data() : nullptr;
}

} // namespace

TorchNetwork::TorchNetwork(const NetworkSpec& spec, const NamedTensors& weights, const at::Device& device,
                           int threads, Precision precision)
    : m_spec(spec), m_device(device), m_threads(threads), m_precision(precision),
      m_store(spec, weights, device), m_worker([threads] { at::set_num_threads(threads); }) {}

void TorchNetwork::weightsChanged() {
    m_folded.reset();
    m_engine.reset();
}

cpu::Engine& TorchNetwork::engine() {
    if (!m_engine) {
        const auto weight = [this](const std::string& name) -> cpu::WeightView {
            const auto& tensor = m_store[name];
            return {tensor.sizes().vec(),
                    {tensor.data_ptr<float>(), static_cast<std::size_t>(tensor.numel())}};
        };
        m_engine = std::make_unique<cpu::Engine>(m_spec,
                                                 m_precision == Precision::BFloat16
                                                     ? cpu::bf16::makeNetwork(m_spec, weight)
                                                     : cpu::makeFloatNetwork(m_spec, weight),
                                                 m_threads);
    }
    return *m_engine;
}

Tensor TorchNetwork::predictOnProcessor(const FeatureBatch& batch, const std::stop_token& stop) {
    const auto count = checkedBatchSize(batch, m_spec);
    Tensor probability{{count, m_spec.tile, m_spec.tile}, {}};
    probability.values.resize(static_cast<std::size_t>(probability.elements()));
    engine().predict(featuresOf(batch, m_spec), locationOf(batch), static_cast<int>(count),
                     probability.values.data(), stop);
    return probability;
}

Tensor TorchNetwork::activationsOnProcessor(const FeatureBatch& batch, const std::stop_token& stop) {
    const auto count = checkedBatchSize(batch, m_spec);
    Tensor activations{{count, m_spec.filters, m_spec.tile, m_spec.tile}, {}};
    activations.values.resize(static_cast<std::size_t>(activations.elements()));
    engine().activations(featuresOf(batch, m_spec), locationOf(batch), static_cast<int>(count),
                         activations.values.data(), stop);
    return activations;
}

at::Tensor TorchNetwork::runForward(const FeatureBatch& batch, std::stop_token stop) {
    if (!m_folded) {
        m_folded = std::make_unique<FoldedWeights>(m_store, mapType(m_precision));
    }
    // Features stay float32 until they are maps: a reflectance or a height has no digits to spare.
    const auto input = toInput(batch, m_spec, m_device);
    InferenceLayers layers(*m_folded, batch.dropoutSeed, std::move(stop));
    return runGlaViTU(m_spec, layers, input).activations.to(at::kFloat);
}

at::Tensor TorchNetwork::probability(const FeatureBatch& batch, std::stop_token stop) {
    const auto activations = runForward(batch, std::move(stop));
    // Of two classes the softmax is the logistic function of the difference.
    const auto& kernel = m_store["heads/output/kernel"];
    const auto& bias = m_store["heads/output/bias"];
    const auto difference = (kernel.narrow(0, 1, 1) - kernel.narrow(0, 0, 1)).unsqueeze(2).unsqueeze(3);
    auto logit = at::conv2d(activations, difference, bias.narrow(0, 1, 1) - bias.narrow(0, 0, 1));
    return logit.squeeze(1).sigmoid_();
}

std::future<Tensor> TorchNetwork::predict(FeatureBatch batch, std::stop_token stop) {
    if (!m_device.is_cpu()) {
        return predictOnGpu(std::move(batch), std::move(stop));
    }
    return m_worker.submit(stop, [this, stop, batch = std::move(batch)] {
        // Dropout needs the layers one by one, with LibTorch's generator.
        if (!batch.dropoutSeed) {
            return predictOnProcessor(batch, stop);
        }
        const c10::InferenceMode inference;
        return fromDevice(probability(batch, stop));
    });
}

std::future<Tensor> TorchNetwork::predictOnGpu(FeatureBatch batch, std::stop_token stop) {
    auto answer = std::make_shared<Answer>();
    auto future = answer->future();
    m_worker.submit(stop, [this, stop, answer, batch = std::move(batch)] {
        try {
            guarded([&] {
                const c10::InferenceMode inference;
                auto arrival = std::make_shared<Arrival>(probability(batch, stop));
                m_collector->submit({}, [answer, arrival] {
                    try {
                        answer->give(guarded([&] { return arrival->take(); }));
                    } catch (...) {
                        answer->fail(std::current_exception());
                    }
                });
            });
        } catch (...) {
            answer->fail(std::current_exception());
        }
    });
    return future;
}

std::future<Tensor> TorchNetwork::activations(FeatureBatch batch, std::stop_token stop) {
    return m_worker.submit(stop, [this, stop, batch = std::move(batch)] {
        if (m_device.is_cpu() && m_precision == Precision::Float32 && !batch.dropoutSeed) {
            return activationsOnProcessor(batch, stop);
        }
        const c10::InferenceMode inference;
        return fromDevice(runForward(batch, stop));
    });
}

LearnResult TorchNetwork::learn(const LearnBatch& batch, const LearnOptions& options, std::stop_token stop) {
    return m_worker
        .submit(stop,
                [&] {
                    checkOptions(options);
                    auto step = toLearningStep(batch, m_spec, m_device);
                    if (!m_learner) {
                        m_learner = std::make_unique<Learner>(m_store);
                    }
                    weightsChanged();
                    return m_learner->learn(m_spec, std::move(step), options);
                })
        .get();
}

LocationEntropy TorchNetwork::locationEntropy(FeatureBatch batch, Tensor weights, std::stop_token stop) {
    return m_worker
        .submit(stop,
                [&] {
                    if (m_spec.location == 0) {
                        throw Error("This network has no location vector.");
                    }
                    const auto input = toInput(batch, m_spec, m_device);
                    const auto counted =
                        toPixelWeights(weights, checkedBatchSize(batch, m_spec), m_spec, m_device);
                    return nunatak::models::locationEntropy(m_spec, m_store, input, counted);
                })
        .get();
}

NamedTensors TorchNetwork::weights() const {
    return m_worker
        .submit({},
                [this] {
                    NamedTensors weights;
                    m_store.describe(m_store.flat(), "", weights);
                    return weights;
                })
        .get();
}

NamedTensors TorchNetwork::averagedWeights() const {
    if (!m_learner) {
        return weights();
    }
    return m_worker.submit({}, [this] { return m_learner->averagedWeights(); }).get();
}

NamedTensors TorchNetwork::state() const {
    return m_worker.submit({}, [this] { return m_learner ? m_learner->state() : Learner(m_store).state(); })
        .get();
}

void TorchNetwork::restore(const NamedTensors& state) {
    m_worker
        .submit({},
                [&] {
                    auto learner = std::make_unique<Learner>(m_store);
                    learner->restore(state);
                    m_learner = std::move(learner);
                    weightsChanged();
                })
        .get();
}

} // namespace nunatak::models
