// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace nunatak::geo {

/// Four doubles at once. Compilers make one instruction of each operation where a function is compiled for
/// AVX2, two elsewhere; a product is rounded before it is added to in both, so results are the same to the
/// last bit.
using Four = double __attribute__((vector_size(4 * sizeof(double))));

/// Whether functions with the attribute target("avx2") may be called.
inline bool hasAvx2() {
#if defined(__x86_64__)
    return __builtin_cpu_supports("avx2") != 0;
#else
    return false;
#endif
}

} // namespace nunatak::geo

/// Of a function that calls one with [[gnu::always_inline]], which is compiled for AVX2 so.
#if defined(__x86_64__)
#define NUNATAK_FOR_AVX2 [[gnu::target("avx2")]]
#else
#define NUNATAK_FOR_AVX2
#endif
