// SPDX-License-Identifier: GPL-3.0-or-later
#include "network/cpu/fusion.h"

#include <algorithm>

namespace nunatak::models::cpu {

void interleave(const Workspace& work, const float* from, int bands, int rows, int columns, float* to) {
    work.team.share(rows, [&](int row, int) {
        for (int band = 0; band < bands; ++band) {
            const float* source = from + (static_cast<std::ptrdiff_t>(band) * rows + row) * columns;
            float* target = to + static_cast<std::ptrdiff_t>(row) * columns * bands + band;
            for (int column = 0; column < columns; ++column) {
                target[column * bands] = source[column];
            }
        }
    });
}

int mostBands(const NetworkSpec& spec) {
    std::size_t most = 0;
    for (const auto& feature : spec.features) {
        most = std::max(most, feature.bands.size());
    }
    return static_cast<int>(most);
}

Fusion::Fusion(const Kernels& kernels, const NetworkSpec& spec, const Weights& weights)
    : m_location(spec, weights) {
    for (const auto& feature : spec.features) {
        const auto name = "fusion/" + feature.name;
        m_branches.push_back(
            {static_cast<int>(feature.bands.size()),
             FirstConvolution(kernels, withNorm(weights, name + "/conv1", name + "/norm1", true)),
             WinogradConvolution(kernels, withNorm(weights, name + "/conv2", name + "/norm2", true),
                                 padded(spec.filters), samePlace),
             ChannelWeights(weights, name)});
    }
}

void Fusion::run(const Workspace& work, const std::vector<const float*>& features, const float* location,
                 float* input, const Map& between, const Map& branchMap, const Map& out) const {
    auto shift = m_location.of(location, out.channels);
    bool first = true;
    for (std::size_t i = 0; i < m_branches.size(); ++i) {
        const auto& branch = m_branches[i];
        interleave(work, features[i], branch.bands, out.rows, out.columns, input);
        branch.first.run(work, {input, out.rows, out.columns, branch.bands, branch.bands}, between,
                         usualSlope);
        work.check();
        branch.second.run(work, between, branchMap, usualSlope);
        work.check();
        // Sums by row, so that they do not depend on how many threads there are.
        Floats sums(static_cast<std::size_t>(out.rows * out.channels));
        work.team.share(out.rows, [&](int row, int) {
            work.kernels.addUp(branchMap.row(row), out.columns, out.channels,
                               sums.data() + row * out.channels);
        });
        const auto weights = branch.weights.of(sums, out.rows, out.channels, out.pixels(), out.channels);
        work.team.share(out.rows, [&](int row, int) {
            work.kernels.scale(branchMap.row(row), out.columns, out.channels, weights.data(), shift.data(),
                               out.row(row), !first);
        });
        std::fill(shift.begin(), shift.end(), 0.0f);
        first = false;
    }
}

} // namespace nunatak::models::cpu
