// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "network/cpu/bf16/kernels.h"

// Included only by the files that are compiled for one family of instructions: in an unnamed namespace and
// without the standard library, so that no function compiled for a newer processor is taken for another
// file's.
namespace {

inline float widen(nunatak::models::cpu::bf16::Number number) {
    const std::uint32_t bits = static_cast<std::uint32_t>(number) << 16;
    return __builtin_bit_cast(float, bits);
}

inline nunatak::models::cpu::bf16::Number narrow(float value) {
    const auto bits = __builtin_bit_cast(std::uint32_t, value);
    const std::uint32_t nearest = (bits + 0x7fff + ((bits >> 16) & 1)) >> 16;
    const bool isNumber = (bits & 0x7fffffff) <= 0x7f800000;
    return static_cast<nunatak::models::cpu::bf16::Number>(isNumber ? nearest : (bits >> 16) | 0x40);
}

} // namespace
