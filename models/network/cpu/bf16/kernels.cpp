// SPDX-License-Identifier: GPL-3.0-or-later
#include "network/cpu/bf16/kernels.h"

#if defined(__x86_64__)
#include <cpuid.h>
#endif
#if defined(__linux__)
#include <sys/syscall.h>
#include <unistd.h>
#endif

namespace nunatak::models::cpu::bf16 {

namespace {

#if defined(__x86_64__) && defined(__linux__)
/// Linux hands the registers of the matrix units out on request; the answer holds for the whole process.
bool isPermitted() {
    constexpr int requestPermission = 0x1023; // ARCH_REQ_XCOMP_PERM
    constexpr int tileData = 18;              // XFEATURE_XTILEDATA
    return ::syscall(SYS_arch_prctl, requestPermission, tileData) == 0;
}

bool areThere() {
    unsigned a = 0;
    unsigned b = 0;
    unsigned c = 0;
    unsigned d = 0;
    constexpr unsigned amxBf16 = 1U << 22;
    constexpr unsigned amxTile = 1U << 24;
    return __get_cpuid_count(7, 0, &a, &b, &c, &d) != 0 && (d & amxBf16) != 0 && (d & amxTile) != 0 &&
           __builtin_cpu_supports("avx512bf16") && __builtin_cpu_supports("avx512vl");
}
#endif

} // namespace

bool hasMatrixUnits() {
#if defined(__x86_64__) && defined(__linux__)
    static const bool has = areThere() && isPermitted();
    return has;
#else
    return false;
#endif
}

const Kernels& bestKernels() {
#if defined(__x86_64__)
    if (hasMatrixUnits()) {
        return matrixKernels();
    }
    if (__builtin_cpu_supports("avx512bf16") && __builtin_cpu_supports("avx512vl")) {
        return vectorKernels();
    }
#endif
    return portableKernels();
}

} // namespace nunatak::models::cpu::bf16
