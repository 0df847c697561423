// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/fake_models.h"

#include <chrono>
#include <cstdlib>
#include <thread>

namespace {

using namespace nunatak;

/// The fake network, as slow as NUNATAK_FAKE_DELAY_MS says for each batch, so that a test can stop it midway.
class SlowNetwork final : public models::Network {
public:
    explicit SlowNetwork(models::NetworkSpec spec) : m_network(std::move(spec)) {}

    const models::NetworkSpec& spec() const override { return m_network.spec(); }
    std::future<models::Tensor> predict(models::FeatureBatch batch, std::stop_token stop) override {
        wait(stop);
        return m_network.predict(std::move(batch), stop);
    }
    std::future<models::Tensor> activations(models::FeatureBatch batch, std::stop_token stop) override {
        return m_network.activations(std::move(batch), stop);
    }
    models::LearnResult learn(const models::LearnBatch& batch, const models::LearnOptions& options,
                              std::stop_token stop) override {
        wait(stop);
        return m_network.learn(batch, options, stop);
    }
    models::LocationEntropy locationEntropy(models::FeatureBatch batch, models::Tensor weights,
                                            std::stop_token stop) override {
        return m_network.locationEntropy(std::move(batch), std::move(weights), std::move(stop));
    }
    models::NamedTensors weights() const override { return m_network.weights(); }
    models::NamedTensors averagedWeights() const override { return m_network.averagedWeights(); }
    models::NamedTensors state() const override { return m_network.state(); }
    void restore(const models::NamedTensors& state) override { m_network.restore(state); }

private:
    static void wait(const std::stop_token& stop) {
        const char* delay = std::getenv("NUNATAK_FAKE_DELAY_MS");
        for (int left = delay != nullptr ? std::atoi(delay) : 0; left > 0 && !stop.stop_requested();
             left -= 5) {
            std::this_thread::sleep_for(std::chrono::milliseconds(5));
        }
        if (stop.stop_requested()) {
            throw Cancelled();
        }
    }

    tests::FakeNetwork m_network;
};

class SlowModule final : public models::ModelsModule {
public:
    std::string description() const override { return "a slow network for tests"; }
    models::Precision fastestPrecision(const std::string&) const override {
        return models::Precision::Float32;
    }
    std::unique_ptr<models::Network> open(const models::NetworkSpec& spec,
                                          const models::NamedTensors& weights,
                                          const models::DeviceOptions&) override {
        auto network = std::make_unique<SlowNetwork>(spec);
        network->restore(weights);
        return network;
    }
    std::unique_ptr<models::Network> create(const models::NetworkSpec& spec, std::uint64_t,
                                            const models::DeviceOptions&) override {
        return std::make_unique<SlowNetwork>(spec);
    }
};

} // namespace

extern "C" __attribute__((visibility("default"))) nunatak::models::ModelsModule*
nunatak_models_module(std::uint32_t wantedVersion) {
    static SlowModule module;
    return wantedVersion == nunatak::models::interfaceVersion ? &module : nullptr;
}
