// SPDX-License-Identifier: GPL-3.0-or-later
#include "network/inference_layers.h"

#include "base/error.h"

#include <ATen/ops/conv2d.h>
#include <ATen/ops/conv_transpose2d.h>
#include <ATen/ops/empty.h>
#include <ATen/ops/leaky_relu.h>
#include <ATen/ops/linear.h>
#include <ATen/ops/rsqrt.h>
#include <ATen/ops/zeros.h>

namespace nunatak::models {

FoldedWeights::FoldedWeights(const WeightStore& store) : m_store(store) {}

FoldedWeights::Convolution FoldedWeights::fold(const std::string& conv, const std::string& norm,
                                               bool bias) const {
    const auto& kernel = m_store[conv + "/kernel"];
    const auto scale =
        m_store[norm + "/gamma"] * at::rsqrt(m_store[norm + "/moving_variance"] + batchNormEpsilon);
    auto shift = -m_store[norm + "/moving_mean"];
    if (bias) {
        shift += m_store[conv + "/bias"];
    }
    std::vector<std::int64_t> perOutput(static_cast<std::size_t>(kernel.dim()), 1);
    perOutput[0] = -1;
    return {kernel * scale.view(perOutput), m_store[norm + "/beta"] + shift * scale};
}

const FoldedWeights::Convolution& FoldedWeights::folded(const std::string& conv, const std::string& norm) {
    const auto found = m_folded.find(conv);
    if (found != m_folded.end()) {
        return found->second;
    }
    auto made = fold(conv, norm, true);
    if (made.kernel.dim() == 4) {
        made.kernel = made.kernel.contiguous(at::MemoryFormat::ChannelsLast);
    }
    return m_folded.emplace(conv, std::move(made)).first->second;
}

const FoldedWeights::Convolution& FoldedWeights::foldedUp(const std::string& conv, const std::string& norm) {
    const auto found = m_folded.find(conv);
    if (found != m_folded.end()) {
        return found->second;
    }
    // Along one axis, an output pixel of even place sees the same small pixel twice, one of odd place sees it
    // and its neighbour: taps (1, 0 + 1, 0) of a transposed convolution with stride 2.
    auto made = fold(conv, norm, false);
    auto rows = at::zeros({made.kernel.size(0), made.kernel.size(1), 3, 2}, made.kernel.options());
    rows.select(2, 0).copy_(made.kernel.select(2, 1));
    rows.select(2, 1).copy_(made.kernel.sum(2));
    rows.select(2, 2).copy_(made.kernel.select(2, 0));
    auto taps = at::zeros({made.kernel.size(0), made.kernel.size(1), 3, 3}, made.kernel.options());
    taps.select(3, 0).copy_(rows.select(3, 1));
    taps.select(3, 1).copy_(rows.sum(3));
    taps.select(3, 2).copy_(rows.select(3, 0));
    made.kernel = taps.transpose(0, 1).contiguous(at::MemoryFormat::ChannelsLast);
    return m_folded.emplace(conv, std::move(made)).first->second;
}

InferenceLayers::InferenceLayers(FoldedWeights& weights, std::optional<std::uint64_t> dropoutSeed,
                                 std::stop_token stop)
    : Layers(dropoutSeed), m_weights(weights), m_stop(std::move(stop)) {}

void InferenceLayers::throwIfStopped() const {
    if (m_stop.stop_requested()) {
        throw Cancelled();
    }
}

at::Tensor InferenceLayers::convNorm(const std::string& conv, const std::string& norm, const at::Tensor& x,
                                     std::optional<double> slope) {
    throwIfStopped();
    const auto& [kernel, bias] = m_weights.folded(conv, norm);
    auto out = at::conv2d(x, kernel, bias, 1, kernel.size(2) / 2);
    return slope ? at::leaky_relu_(out, *slope) : out;
}

at::Tensor InferenceLayers::upConvNorm(const std::string& conv, const std::string& norm,
                                       const at::Tensor& x) {
    throwIfStopped();
    const auto& [kernel, bias] = m_weights.foldedUp(conv, norm);
    return at::conv_transpose2d(x, kernel, bias, 2, 1, 1);
}

at::Tensor InferenceLayers::denseNorm(const std::string& dense, const std::string& norm, const at::Tensor& x,
                                      double slope) {
    const auto& [kernel, bias] = m_weights.folded(dense, norm);
    auto out = at::linear(x, kernel, bias);
    return at::leaky_relu_(out, slope);
}

} // namespace nunatak::models
