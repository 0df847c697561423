// SPDX-License-Identifier: GPL-3.0-or-later
#include "network/cpu/step/kernels.h"

#include "network/cpu/kernels.h"

namespace nunatak::models::cpu {

const StepKernels& bestStepKernels() {
#if defined(__x86_64__)
    if (&bestKernels() == &avx512Kernels()) {
        return avx512StepKernels();
    }
    if (&bestKernels() == &avx2Kernels()) {
        return avx2StepKernels();
    }
#endif
    return portableStepKernels();
}

} // namespace nunatak::models::cpu
