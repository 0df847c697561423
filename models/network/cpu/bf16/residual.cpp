// SPDX-License-Identifier: GPL-3.0-or-later
#include "network/cpu/bf16/residual.h"

#include "network/cpu/residual.h"

namespace nunatak::models::cpu::bf16 {

Place joinedPlace(int first) {
    return [first](int input) { return input < first ? input : padded(first) + input - first; };
}

Residual::Residual(const Weights& weights, const std::string& name, int channels, const Place& place) {
    const auto first = withNorm(weights, name + "/conv1", name + "/norm1", true);
    m_first = Convolution(first, channels, place);
    m_second = Convolution(withNorm(weights, name + "/conv2", name + "/norm2", true), padded(first.outputs),
                           samePlace);
    m_projection = Convolution(plainLayer(weights, name + "/projection", false), channels, place);
}

void Residual::run(const Workspace& work, const Map& in, const Map& between, const Map& out) const {
    m_first.run(work, in, {between}, usualSlope);
    m_second.run(work, between, {out}, usualSlope, &m_projection, in);
}

void Residual::runInto(const Workspace& work, const Map& in, const Map& between, const float* dots,
                       float* logits) const {
    m_first.run(work, in, {between}, usualSlope);
    m_second.run(work, between, {{}, dots, logits}, usualSlope);
}

} // namespace nunatak::models::cpu::bf16
