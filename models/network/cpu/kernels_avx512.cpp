// SPDX-License-Identifier: GPL-3.0-or-later
// For processors with AVX-512; models/CMakeLists.txt sets the instructions.
#if defined(__x86_64__)
#include "network/cpu/map_kernels.h"
#include "network/cpu/product_kernels.h"
#include "network/cpu/winograd_kernels.h"

namespace nunatak::models::cpu {

const Kernels& avx512Kernels() {
    static const Kernels kernels = makeKernels<16, 12, 2>("avx512");
    return kernels;
}

} // namespace nunatak::models::cpu
#endif
