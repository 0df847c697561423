// SPDX-License-Identifier: GPL-3.0-or-later
// For any processor; models/CMakeLists.txt sets the instructions.
#include "network/cpu/map_kernels.h"
#include "network/cpu/product_kernels.h"
#include "network/cpu/winograd_kernels.h"

namespace nunatak::models::cpu {

const Kernels& portableKernels() {
    static const Kernels kernels = makeKernels<4, 2, 4>("portable");
    return kernels;
}

} // namespace nunatak::models::cpu
