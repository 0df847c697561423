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
    /// Maps, and the kernels that work on them, are of type `maps`; a layer is always asked for with the same
    /// type.
    FoldedWeights(const WeightStore& store, at::ScalarType maps);

    struct Convolution {
        at::Tensor kernel;
        at::Tensor bias;
    };
    /// A convolution or dense layer with its BatchNorm, for input of this type.
    const Convolution& folded(const std::string& conv, const std::string& norm, at::ScalarType input);
    /// A convolution of 2 × 2 on a map enlarged by nearest × 2, as one transposed convolution of the small
    /// map.
    const Convolution& foldedUp(const std::string& conv, const std::string& norm);
    /// The same for the output pixels of one phase, (row, column) of 2 × 2, as a convolution of the small map
    /// with 1 or 2 taps along each axis.
    const Convolution& foldedUpPhase(const std::string& conv, const std::string& norm, int row, int column);
    /// A convolution on maps without a BatchNorm; the bias is undefined where there is none.
    const Convolution& plain(const std::string& name, bool bias, at::ScalarType input);
    const at::Tensor& weight(const std::string& name) const { return m_store[name]; }
    at::ScalarType maps() const { return m_maps; }

private:
    Convolution fold(const std::string& conv, const std::string& norm, bool bias) const;

    const Convolution& keep(const std::string& name, Convolution made, at::ScalarType type);

    const WeightStore& m_store;
    at::ScalarType m_maps;
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
    at::Tensor project(const std::string& name, const at::Tensor& x, bool bias) override;
    at::Tensor patches(const std::string& name, const at::Tensor& x) override;
    at::Tensor precise(const at::Tensor& map) override { return map.to(at::kFloat); }
    at::Tensor asMap(const at::Tensor& x) override { return x.to(m_weights.maps()); }
    at::Tensor sum(at::Tensor a, const at::Tensor& b) override { return a.add_(b); }
    at::Tensor sumScaled(at::Tensor a, const at::Tensor& b, const at::Tensor& factor) override {
        return a.addcmul_(b, factor);
    }

private:
    void throwIfStopped() const;
    at::Tensor upConvByPhases(const std::string& conv, const std::string& norm, const at::Tensor& x);

    FoldedWeights& m_weights;
    std::stop_token m_stop;
};

} // namespace nunatak::models
