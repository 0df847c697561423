// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "network/layers.h"
#include "network/weight_store.h"

#include <optional>
#include <stop_token>
#include <unordered_map>

namespace nunatak::models {

/// Weights made ready for prediction: each BatchNorm folded into the convolution before it. To be made again
/// when the weights have changed.
class FoldedWeights {
public:
    explicit FoldedWeights(const WeightStore& store);

    struct Convolution {
        at::Tensor kernel;
        at::Tensor bias;
    };
    /// A convolution or dense layer with its BatchNorm.
    const Convolution& folded(const std::string& conv, const std::string& norm);
    /// A convolution of 2 × 2 on a map enlarged by nearest × 2, as one transposed convolution of the small
    /// map.
    const Convolution& foldedUp(const std::string& conv, const std::string& norm);
    const at::Tensor& weight(const std::string& name) const { return m_store[name]; }

private:
    Convolution fold(const std::string& conv, const std::string& norm, bool bias) const;

    const WeightStore& m_store;
    std::unordered_map<std::string, Convolution> m_folded;
};

/// Layers for prediction: folded, in place, nothing recorded.
class InferenceLayers : public Layers {
public:
    /// With a seed, dropout is active (MC dropout). Throws Cancelled between layers when it shall stop.
    InferenceLayers(FoldedWeights& weights, std::optional<std::uint64_t> dropoutSeed, std::stop_token stop);

    const at::Tensor& weight(const std::string& name) override { return m_weights.weight(name); }
    at::Tensor convNorm(const std::string& conv, const std::string& norm, const at::Tensor& x,
                        std::optional<double> slope) override;
    at::Tensor upConvNorm(const std::string& conv, const std::string& norm, const at::Tensor& x) override;
    at::Tensor denseNorm(const std::string& dense, const std::string& norm, const at::Tensor& x,
                         double slope) override;
    at::Tensor sum(at::Tensor a, const at::Tensor& b) override { return a.add_(b); }
    at::Tensor sumScaled(at::Tensor a, const at::Tensor& b, const at::Tensor& factor) override {
        return a.addcmul_(b, factor);
    }

private:
    void throwIfStopped() const;

    FoldedWeights& m_weights;
    std::stop_token m_stop;
};

} // namespace nunatak::models
