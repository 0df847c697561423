// SPDX-License-Identifier: GPL-3.0-or-later
// For processors with AVX-512; models/CMakeLists.txt sets the instructions.
#if defined(__x86_64__)
#include "network/cpu/step/map_loops.h"
#include "network/cpu/step/product_loops.h"

namespace nunatak::models::cpu {

const StepKernels& avx512StepKernels() {
    static const StepKernels kernels = makeStepKernels<16, 8, 2>();
    return kernels;
}

} // namespace nunatak::models::cpu
#endif
