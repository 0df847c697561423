// SPDX-License-Identifier: GPL-3.0-or-later
// For processors with AVX2 and FMA; models/CMakeLists.txt sets the instructions.
#if defined(__x86_64__)
#include "network/cpu/map_kernels.h"
#include "network/cpu/product_kernels.h"
#include "network/cpu/winograd_kernels.h"

namespace nunatak::models::cpu {

const Kernels& avx2Kernels() {
    static const Kernels kernels = makeKernels<8, 6, 2>("avx2");
    return kernels;
}

} // namespace nunatak::models::cpu
#endif
