// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/error.h"
#include "models/network.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <future>
#include <memory>
#include <string>
#include <utility>
#include <vector>

// A small network in plain C++ behind the interface of the models module: a logistic regression on the bands
// of a pixel. It needs no LibTorch, and sanitizers see all of it.
namespace nunatak::tests {

/// Fresh, it says glacier where the first band of the first feature (normalised) is over 0.5; it learns by
/// plain gradient descent on the cross entropy. Its weights are "weight" (a number per band of all features),
/// "bias" (1) and, where it has a location vector, "location" (a number per entry).
class FakeNetwork final : public models::Network {
public:
    explicit FakeNetwork(models::NetworkSpec spec) : m_spec(std::move(spec)) {
        std::size_t bands = 0;
        for (const auto& feature : m_spec.features) {
            bands += feature.bands.size();
        }
        m_weight.assign(bands, 0.0F);
        m_weight.front() = 20.0F;
        m_location.assign(static_cast<std::size_t>(m_spec.location), 0.0F);
    }

    static models::NamedTensors freshWeights(const models::NetworkSpec& spec) {
        return FakeNetwork(spec).weights();
    }

    const models::NetworkSpec& spec() const override { return m_spec; }

    std::future<models::Tensor> predict(models::FeatureBatch batch, std::stop_token stop) override {
        return std::async(std::launch::async, [this, batch = std::move(batch), stop = std::move(stop)] {
            if (stop.stop_requested()) {
                throw Cancelled();
            }
            return probabilities(batch);
        });
    }

    std::future<models::Tensor> activations(models::FeatureBatch batch, std::stop_token) override {
        return std::async(std::launch::async, [this, batch = std::move(batch)] {
            auto tensor = probabilities(batch);
            tensor.shape = {tensor.shape[0], 1, tensor.shape[1], tensor.shape[2]};
            return tensor;
        });
    }

    models::LearnResult learn(const models::LearnBatch& batch, const models::LearnOptions& options,
                              std::stop_token stop) override {
        if (stop.stop_requested()) {
            throw Cancelled();
        }
        const auto predicted = probabilities(batch.input);
        const auto pixels = static_cast<std::size_t>(m_spec.tile) * static_cast<std::size_t>(m_spec.tile);
        const auto tiles = static_cast<std::size_t>(predicted.shape[0]);
        std::vector<double> gradient(m_weight.size() + 1, 0.0);
        double loss = 0;
        double looked = 0;
        for (std::size_t tile = 0; tile < tiles; ++tile) {
            for (std::size_t pixel = 0; pixel < pixels; ++pixel) {
                const double weight = static_cast<double>(batch.weights.values[tile * pixels + pixel]);
                const double label =
                    static_cast<double>(batch.labels.values[(2 * tile + 1) * pixels + pixel]);
                const double p =
                    std::clamp(static_cast<double>(predicted.values[tile * pixels + pixel]), 1e-7, 1 - 1e-7);
                loss -= weight * (label * std::log(p) + (1 - label) * std::log(1 - p));
                looked += weight;
                std::size_t index = 0;
                eachBand(batch.input, tile, pixel, [&](float value) {
                    gradient[index++] += weight * (p - label) * static_cast<double>(value);
                });
                gradient[index] += weight * (p - label);
            }
        }
        models::LearnResult result;
        result.loss = looked > 0 ? loss / looked : 0;
        if (options.apply && looked > 0) {
            // The rates of Adam are for weights near 0.1; these are near 10.
            const double rate = 1000 * options.rate / looked;
            for (std::size_t i = 0; i < m_weight.size(); ++i) {
                m_weight[i] -= static_cast<float>(rate * gradient[i]);
            }
            m_bias -= static_cast<float>(rate * gradient.back());
            ++m_steps;
        }
        return result;
    }

    models::LocationEntropy locationEntropy(models::FeatureBatch batch, models::Tensor weights,
                                            std::stop_token stop) override {
        if (m_location.empty()) {
            throw Error("This network has no location vector.");
        }
        if (stop.stop_requested()) {
            throw Cancelled();
        }
        const auto predicted = probabilities(batch);
        const auto pixels = static_cast<std::size_t>(predicted.shape[1] * predicted.shape[2]);
        models::LocationEntropy result{0, {batch.location->shape, {}}};
        for (std::size_t tile = 0; tile * pixels < predicted.values.size(); ++tile) {
            double slope = 0;
            for (std::size_t pixel = 0; pixel < pixels; ++pixel) {
                const double p = std::clamp(static_cast<double>(predicted.values[tile * pixels + pixel]),
                                            1e-12, 1 - 1e-12);
                const auto weight = static_cast<double>(weights.values.at(tile * pixels + pixel));
                result.entropy -= weight * (p * std::log2(p) + (1 - p) * std::log2(1 - p));
                slope += weight * std::log2((1 - p) / p) * p * (1 - p);
            }
            for (const float weight : m_location) {
                result.gradient.values.push_back(static_cast<float>(slope) * weight);
            }
        }
        return result;
    }

    models::NamedTensors weights() const override {
        models::NamedTensors all{{"weight", {{static_cast<std::int64_t>(m_weight.size())}, m_weight}},
                                 {"bias", {{1}, {m_bias}}}};
        if (!m_location.empty()) {
            all["location"] = {{static_cast<std::int64_t>(m_location.size())}, m_location};
        }
        return all;
    }
    models::NamedTensors averagedWeights() const override { return weights(); }
    models::NamedTensors state() const override {
        auto state = weights();
        state["steps"] = {{1}, {static_cast<float>(m_steps)}};
        return state;
    }
    void restore(const models::NamedTensors& state) override {
        const auto weight = state.find("weight");
        const auto bias = state.find("bias");
        if (weight == state.end() || weight->second.values.size() != m_weight.size()) {
            throw Error("The weight \"weight\" is missing or has another shape.");
        }
        if (bias == state.end() || bias->second.values.size() != 1) {
            throw Error("The weight \"bias\" is missing or has another shape.");
        }
        if (const auto location = state.find("location"); !m_location.empty() && location != state.end()) {
            m_location = location->second.values;
        }
        m_weight = weight->second.values;
        m_bias = bias->second.values.front();
        if (const auto steps = state.find("steps"); steps != state.end()) {
            m_steps = static_cast<int>(steps->second.values.front());
        }
    }

private:
    template <typename Visit>
    void eachBand(const models::FeatureBatch& batch, std::size_t tile, std::size_t pixel, Visit visit) const {
        const auto pixels = static_cast<std::size_t>(m_spec.tile) * static_cast<std::size_t>(m_spec.tile);
        for (const auto& feature : m_spec.features) {
            const auto& values = batch.features.at(feature.name).values;
            for (std::size_t band = 0; band < feature.bands.size(); ++band) {
                visit(values[(tile * feature.bands.size() + band) * pixels + pixel]);
            }
        }
    }

    models::Tensor probabilities(const models::FeatureBatch& batch) const {
        for (const auto& feature : m_spec.features) {
            const auto& shape = batch.features.at(feature.name).shape;
            const auto bands = static_cast<std::int64_t>(feature.bands.size());
            if (shape.size() != 4 || shape[1] != bands || shape[2] != m_spec.tile ||
                shape[3] != m_spec.tile) {
                throw Error("The feature " + feature.name + " has another shape than the network wants.");
            }
        }
        const auto tiles = batch.features.at(m_spec.features.front().name).shape[0];
        models::Tensor tensor{{tiles, m_spec.tile, m_spec.tile}, {}};
        tensor.values.resize(static_cast<std::size_t>(tensor.elements()));
        const auto pixels = static_cast<std::size_t>(m_spec.tile) * static_cast<std::size_t>(m_spec.tile);
        for (std::size_t i = 0; i < tensor.values.size(); ++i) {
            float sum = m_bias;
            for (std::size_t entry = 0; entry < m_location.size(); ++entry) {
                sum += m_location[entry] * batch.location->values[i / pixels * m_location.size() + entry];
            }
            std::size_t index = 0;
            eachBand(batch, i / pixels, i % pixels, [&](float value) { sum += m_weight[index++] * value; });
            tensor.values[i] = 1 / (1 + std::exp(-sum));
        }
        return tensor;
    }

    models::NetworkSpec m_spec;
    std::vector<float> m_weight;
    float m_bias = -10.0F;
    std::vector<float> m_location; ///< a weight for each entry of the location vector, 0 when fresh
    int m_steps = 0;
};

class FakeModelsModule final : public models::ModelsModule {
public:
    std::string description() const override { return "a network for tests, in plain C++"; }

    models::Precision fastestPrecision(const std::string&) const override {
        return models::Precision::Float32;
    }

    std::unique_ptr<models::Network> open(const models::NetworkSpec& spec,
                                          const models::NamedTensors& weights,
                                          const models::DeviceOptions&) override {
        auto network = std::make_unique<FakeNetwork>(spec);
        network->restore(weights);
        return network;
    }
    std::unique_ptr<models::Network> create(const models::NetworkSpec& spec, std::uint64_t,
                                            const models::DeviceOptions&) override {
        return std::make_unique<FakeNetwork>(spec);
    }
};

} // namespace nunatak::tests
