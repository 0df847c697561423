// SPDX-License-Identifier: GPL-3.0-or-later
#include "network/inference_layers.h"

#include "base/error.h"

#include <ATen/ops/constant_pad_nd.h>
#include <ATen/ops/conv2d.h>
#include <ATen/ops/conv_transpose2d.h>
#include <ATen/ops/empty.h>
#include <ATen/ops/leaky_relu.h>
#include <ATen/ops/linear.h>
#include <ATen/ops/rsqrt.h>
#include <ATen/ops/zeros.h>

namespace nunatak::models {

FoldedWeights::FoldedWeights(const WeightStore& store, at::ScalarType maps) : m_store(store), m_maps(maps) {}

const FoldedWeights::Convolution& FoldedWeights::keep(const std::string& name, Convolution made,
                                                      at::ScalarType type) {
    made.kernel = made.kernel.to(type).contiguous(at::MemoryFormat::ChannelsLast);
    if (made.bias.defined()) {
        made.bias = made.bias.to(type);
    }
    return m_folded.emplace(name, std::move(made)).first->second;
}

const FoldedWeights::Convolution& FoldedWeights::plain(const std::string& name, bool bias,
                                                       at::ScalarType input) {
    const auto found = m_folded.find(name);
    if (found != m_folded.end()) {
        return found->second;
    }
    const auto& kernel = m_store[name + "/kernel"];
    return keep(name,
                {kernel.dim() == 4 ? kernel : kernel.unsqueeze(2).unsqueeze(3),
                 bias ? m_store[name + "/bias"] : at::Tensor()},
                input);
}

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

const FoldedWeights::Convolution& FoldedWeights::folded(const std::string& conv, const std::string& norm,
                                                        at::ScalarType input) {
    const auto found = m_folded.find(conv);
    if (found != m_folded.end()) {
        return found->second;
    }
    auto made = fold(conv, norm, true);
    // Dense layers work on vectors, which are float32.
    return made.kernel.dim() == 4 ? keep(conv, std::move(made), input)
                                  : m_folded.emplace(conv, std::move(made)).first->second;
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
    made.kernel = taps.transpose(0, 1);
    return keep(conv, std::move(made), m_maps);
}

const FoldedWeights::Convolution& FoldedWeights::foldedUpPhase(const std::string& conv,
                                                               const std::string& norm, int row, int column) {
    const auto name = conv + "/phase" + std::to_string(2 * row + column);
    const auto found = m_folded.find(name);
    if (found != m_folded.end()) {
        return found->second;
    }
    auto made = fold(conv, norm, false);
    made.kernel = row == 0 ? made.kernel.sum(2, true) : made.kernel;
    made.kernel = column == 0 ? made.kernel.sum(3, true) : made.kernel;
    return keep(name, std::move(made), m_maps);
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
    const auto& [kernel, bias] = m_weights.folded(conv, norm, x.scalar_type());
    auto out = at::conv2d(x, kernel, bias, 1, kernel.size(2) / 2);
    return asMap(slope ? at::leaky_relu_(out, *slope) : out);
}

at::Tensor InferenceLayers::upConvNorm(const std::string& conv, const std::string& norm,
                                       const at::Tensor& x) {
    throwIfStopped();
    if (x.is_cpu() && m_weights.maps() != at::kFloat) {
        return upConvByPhases(conv, norm, x);
    }
    const auto& [kernel, bias] = m_weights.foldedUp(conv, norm);
    return at::conv_transpose2d(x, kernel, bias, 2, 1, 1);
}

at::Tensor InferenceLayers::upConvByPhases(const std::string& conv, const std::string& norm,
                                           const at::Tensor& x) {
    // LibTorch has no transposed convolution in bf16 for processors without instructions for it.
    const auto wider = at::constant_pad_nd(x, {0, 1, 0, 1});
    at::Tensor out;
    for (int row = 0; row < 2; ++row) {
        for (int column = 0; column < 2; ++column) {
            const auto& [kernel, bias] = m_weights.foldedUpPhase(conv, norm, row, column);
            const auto seen = wider.narrow(2, 0, x.size(2) + row).narrow(3, 0, x.size(3) + column);
            const auto phase = at::conv2d(seen.contiguous(at::MemoryFormat::ChannelsLast), kernel, bias);
            if (!out.defined()) {
                out = at::empty({x.size(0), phase.size(1), 2 * x.size(2), 2 * x.size(3)},
                                phase.options().memory_format(at::MemoryFormat::ChannelsLast));
            }
            out.slice(2, row, out.size(2), 2).slice(3, column, out.size(3), 2).copy_(phase);
        }
    }
    return out;
}

at::Tensor InferenceLayers::project(const std::string& name, const at::Tensor& x, bool bias) {
    throwIfStopped();
    const auto& layer = m_weights.plain(name, bias, x.scalar_type());
    return at::conv2d(x, layer.kernel, layer.bias);
}

at::Tensor InferenceLayers::patches(const std::string& name, const at::Tensor& x) {
    const auto& layer = m_weights.plain(name, true, x.scalar_type());
    return at::conv2d(x, layer.kernel, layer.bias, patchSide);
}

at::Tensor InferenceLayers::denseNorm(const std::string& dense, const std::string& norm, const at::Tensor& x,
                                      double slope) {
    const auto& [kernel, bias] = m_weights.folded(dense, norm, x.scalar_type());
    auto out = at::linear(x, kernel, bias);
    return at::leaky_relu_(out, slope);
}

} // namespace nunatak::models
