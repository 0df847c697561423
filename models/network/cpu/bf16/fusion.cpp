// SPDX-License-Identifier: GPL-3.0-or-later
#include "network/cpu/bf16/fusion.h"

#include "network/cpu/fusion.h"
#include "network/cpu/residual.h"

#include <algorithm>

namespace nunatak::models::cpu::bf16 {

Fusion::Fusion(const cpu::Kernels& kernels, const NetworkSpec& spec, const Weights& weights)
    : m_location(spec, weights) {
    for (const auto& feature : spec.features) {
        const auto name = "fusion/" + feature.name;
        m_branches.push_back(
            {static_cast<int>(feature.bands.size()),
             FirstConvolution(kernels, withNorm(weights, name + "/conv1", name + "/norm1", true)),
             Convolution(withNorm(weights, name + "/conv2", name + "/norm2", true), padded(spec.filters),
                         samePlace),
             ChannelWeights(weights, name)});
    }
}

void Fusion::runFirst(const Workspace& work, const Branch& branch, const cpu::Map& in, const Map& out) const {
    const int channels = branch.first.outputs();
    work.team().share(in.rows, [&](int row, int member) {
        float* values = work.shared.scratchOf(member, static_cast<std::size_t>(in.columns * channels));
        branch.first.runRow(work.shared, member, in, row, usualSlope, values, channels);
        for (int column = 0; column < in.columns; ++column) {
            work.kernels.round(values + column * channels, channels, out.row(row) + column * out.stride);
        }
    });
}

void Fusion::run(const Workspace& work, const std::vector<const float*>& features, const float* location,
                 float* input, const Map& between, const Map& branchMap, const Map& out) const {
    auto shift = m_location.of(location, out.channels);
    for (std::size_t i = 0; i < m_branches.size(); ++i) {
        const auto& branch = m_branches[i];
        interleave(work.shared, features[i], branch.bands, out.rows, out.columns, input);
        runFirst(work, branch, {input, out.rows, out.columns, branch.bands, branch.bands}, between);
        branch.second.run(work, between, {branchMap}, usualSlope);
        Floats sums(static_cast<std::size_t>(out.rows * out.channels));
        work.team().share(out.rows, [&](int row, int) {
            work.kernels.addUp(branchMap.row(row), branchMap.stride, out.columns, out.channels,
                               sums.data() + row * out.channels);
        });
        const auto weights = branch.weights.of(sums, out.rows, out.channels, out.pixels(), out.channels);
        work.team().share(out.rows, [&](int row, int) {
            work.kernels.scale(branchMap.row(row), branchMap.stride, out.columns, out.channels,
                               weights.data(), shift.data(), out.row(row), out.stride, i > 0);
        });
        std::fill(shift.begin(), shift.end(), 0.0f);
    }
    work.check();
}

} // namespace nunatak::models::cpu::bf16
