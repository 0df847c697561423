// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "network/cpu/bf16/kernels.h"
#include "network/cpu/tile_network.h"

namespace nunatak::models::cpu::bf16 {

/// A network whose maps and convolutions are bf16, with sums in float32. The weights are copied.
std::unique_ptr<TileNetwork> makeNetwork(const NetworkSpec& spec, const Weights& weights,
                                         const Kernels& kernels = bestKernels());

} // namespace nunatak::models::cpu::bf16
