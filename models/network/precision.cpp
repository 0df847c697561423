// SPDX-License-Identifier: GPL-3.0-or-later
#include "network/precision.h"

#include "network/cpu/bf16/kernels.h"

namespace nunatak::models {

Precision fastestPrecision(const at::Device& device) {
    if (device.is_cuda()) {
        return Precision::Float16; // every GPU that LibTorch 2 knows has units for it
    }
    // Vectors for bf16 alone (avx512_bf16) are slower than float32 with Winograd's convolutions.
    return cpu::bf16::hasMatrixUnits() ? Precision::BFloat16 : Precision::Float32;
}

} // namespace nunatak::models
