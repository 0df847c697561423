// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/network.h"
#include "network/torch_compat.h"

namespace nunatak::models {

/// The precision in which the device is fastest: on a processor bf16 only where it has matrix units for it.
Precision fastestPrecision(const at::Device& device);

} // namespace nunatak::models
