// SPDX-License-Identifier: GPL-3.0-or-later
#include "network/cpu/fusion.h"

#include <algorithm>
#include <cmath>

namespace nunatak::models::cpu {

namespace {

constexpr float locationSlope = 0.3f;

std::vector<float> dense(const Folded& layer, const float* in) {
    std::vector<float> out;
    for (int output = 0; output < layer.outputs; ++output) {
        double sum = layer.bias[static_cast<std::size_t>(output)];
        for (int input = 0; input < layer.inputs; ++input) {
            sum += static_cast<double>(layer.at(output, input)) * static_cast<double>(in[input]);
        }
        out.push_back(static_cast<float>(sum));
    }
    return out;
}

void leaky(std::vector<float>& values, float slope) {
    for (auto& value : values) {
        value = std::max(value, value * slope);
    }
}

/// Bands one after the other → the bands of a pixel together.
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

} // namespace

Fusion::Fusion(const Kernels& kernels, const NetworkSpec& spec, const Weights& weights) {
    for (const auto& feature : spec.features) {
        const auto name = "fusion/" + feature.name;
        Branch branch;
        branch.bands = static_cast<int>(feature.bands.size());
        branch.first = FirstConvolution(kernels, withNorm(weights, name + "/conv1", name + "/norm1", true));
        branch.second =
            WinogradConvolution(kernels, withNorm(weights, name + "/conv2", name + "/norm2", true),
                                padded(spec.filters), samePlace);
        branch.squeeze = plainLayer(weights, name + "/squeeze", true);
        branch.excite = plainLayer(weights, name + "/excite", true);
        m_branches.push_back(std::move(branch));
    }
    if (spec.location > 0) {
        m_location = {withNorm(weights, "location/dense1", "location/norm1", true),
                      withNorm(weights, "location/dense2", "location/norm2", true)};
    }
}

int Fusion::maxBands() const {
    int most = 0;
    for (const auto& branch : m_branches) {
        most = std::max(most, branch.bands);
    }
    return most;
}

std::vector<float> Fusion::encode(const float* location) const {
    std::vector<float> code;
    for (const auto& layer : m_location) {
        code = dense(layer, code.empty() ? location : code.data());
        leaky(code, locationSlope);
    }
    return code;
}

std::vector<float> Fusion::excitation(const Workspace& work, const Branch& branch, const Map& map) const {
    // Sums by row, so that they do not depend on how many threads there are.
    Floats sums(static_cast<std::size_t>(map.rows * map.channels));
    work.team.share(map.rows, [&](int row, int) {
        work.kernels.addUp(map.row(row), map.columns, map.channels, sums.data() + row * map.channels);
    });
    std::vector<float> mean;
    for (int channel = 0; channel < branch.squeeze.inputs; ++channel) {
        double sum = 0;
        for (int row = 0; row < map.rows; ++row) {
            sum += static_cast<double>(sums.data()[row * map.channels + channel]);
        }
        mean.push_back(static_cast<float>(sum / static_cast<double>(map.pixels())));
    }
    auto hidden = dense(branch.squeeze, mean.data());
    leaky(hidden, usualSlope);
    auto weights = dense(branch.excite, hidden.data());
    for (auto& value : weights) {
        value = 1 / (1 + std::exp(-value));
    }
    return weights;
}

void Fusion::run(const Workspace& work, const std::vector<const float*>& features, const float* location,
                 float* input, const Map& between, const Map& branchMap, const Map& out) const {
    auto shift = encode(location);
    shift.resize(static_cast<std::size_t>(out.channels));
    bool first = true;
    for (std::size_t i = 0; i < m_branches.size(); ++i) {
        const auto& branch = m_branches[i];
        interleave(work, features[i], branch.bands, out.rows, out.columns, input);
        branch.first.run(work, {input, out.rows, out.columns, branch.bands, branch.bands}, between,
                         usualSlope);
        work.check();
        branch.second.run(work, between, branchMap, usualSlope);
        work.check();
        auto weights = excitation(work, branch, branchMap);
        weights.resize(static_cast<std::size_t>(out.channels));
        work.team.share(out.rows, [&](int row, int) {
            work.kernels.scale(branchMap.row(row), out.columns, out.channels, weights.data(), shift.data(),
                               out.row(row), !first);
        });
        std::fill(shift.begin(), shift.end(), 0.0f);
        first = false;
    }
}

} // namespace nunatak::models::cpu
