// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "network/cpu/bf16/convolution.h"

#include <string>

namespace nunatak::models::cpu::bf16 {

/// Two maps of `first` and any number of channels, one after the other, each padded.
Place joinedPlace(int first);

/// Two convolutions with leaky ReLUs, and a projection of the input added: a step of the ResU-Net. The
/// projection is added before anything is rounded.
class Residual {
public:
    Residual() = default;
    Residual(const Weights& weights, const std::string& name, int channels, const Place& place);

    /// `between` holds what is between the two convolutions.
    void run(const Workspace& work, const Map& in, const Map& between, const Map& out) const;
    /// Without the projection, multiplied with `dots` as Target says.
    void runInto(const Workspace& work, const Map& in, const Map& between, const float* dots,
                 float* logits) const;

private:
    Convolution m_first;
    Convolution m_second;
    Convolution m_projection;
};

} // namespace nunatak::models::cpu::bf16
