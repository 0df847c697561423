// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "network/dropout.h"
#include "network/torch_compat.h"

#include <optional>
#include <string>

namespace nunatak::models {

/// Slopes of the leaky ReLUs, as published.
inline constexpr double usualSlope = 0.2;
inline constexpr double locationSlope = 0.3;
inline constexpr double batchNormEpsilon = 1e-3;
inline constexpr double layerNormEpsilon = 1e-3;
inline constexpr std::int64_t patchSide = 16;

/// How the layers of a network compute. The structure is written once (glavitu.h); for prediction BatchNorm
/// is folded into the weights and work is done in place, for learning every step is kept for the way back.
class Layers {
public:
    /// With a seed, dropout is active (MC dropout).
    explicit Layers(std::optional<std::uint64_t> dropoutSeed) : m_dropout(dropoutSeed) {}
    virtual ~Layers() = default;

    virtual const at::Tensor& weight(const std::string& name) = 0;
    /// Convolution "same", BatchNorm and, where a slope is given, a leaky ReLU.
    virtual at::Tensor convNorm(const std::string& conv, const std::string& norm, const at::Tensor& x,
                                std::optional<double> slope) = 0;
    /// Nearest × 2, convolution of 2 × 2 without bias (padded below and on the right), BatchNorm.
    virtual at::Tensor upConvNorm(const std::string& conv, const std::string& norm, const at::Tensor& x) = 0;
    /// Dense layer on vectors, BatchNorm over the batch and a leaky ReLU.
    virtual at::Tensor denseNorm(const std::string& dense, const std::string& norm, const at::Tensor& x,
                                 double slope) = 0;
    /// a += b; a may be changed in place.
    virtual at::Tensor sum(at::Tensor a, const at::Tensor& b) = 0;
    /// a += b × factor; a may be changed in place.
    virtual at::Tensor sumScaled(at::Tensor a, const at::Tensor& b, const at::Tensor& factor) = 0;
    /// Maps may be kept in half precision; means, tokens and what is multiplied with weights by dense() are
    /// float32.
    virtual at::Tensor precise(const at::Tensor& map) { return map; }
    virtual at::Tensor asMap(const at::Tensor& x) { return x; }
    /// Where dropout is active, drops single values (else x itself), …
    at::Tensor dropout(const at::Tensor& x) { return m_dropout.apply(x, x.sizes()); }
    /// … or whole channels of a map.
    at::Tensor channelDropout(const at::Tensor& x) {
        return m_dropout.apply(x, {x.size(0), x.size(1), 1, 1});
    }

    /// Dense layer on the last axis; the bias may be missing.
    at::Tensor dense(const std::string& name, const at::Tensor& x);
    /// The same on the channels of a map.
    virtual at::Tensor project(const std::string& name, const at::Tensor& x, bool bias);
    /// Patches of 16 × 16 pixels as one pixel each.
    virtual at::Tensor patches(const std::string& name, const at::Tensor& x);
    at::Tensor layerNorm(const std::string& name, const at::Tensor& x);

private:
    Dropout m_dropout;
};

} // namespace nunatak::models
