// SPDX-License-Identifier: GPL-3.0-or-later
// For any processor; models/CMakeLists.txt sets the instructions.
#include "network/cpu/step/map_loops.h"
#include "network/cpu/step/product_loops.h"

namespace nunatak::models::cpu {

const StepKernels& portableStepKernels() {
    static const StepKernels kernels = makeStepKernels<4, 2, 4>();
    return kernels;
}

} // namespace nunatak::models::cpu
