// SPDX-License-Identifier: GPL-3.0-or-later
#include "network/cpu/kernels.h"

namespace nunatak::models::cpu {

const Kernels& bestKernels() {
#if defined(__x86_64__)
    if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512vl") &&
        __builtin_cpu_supports("avx512dq")) {
        return avx512Kernels();
    }
    if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) {
        return avx2Kernels();
    }
#endif
    return portableKernels();
}

} // namespace nunatak::models::cpu
