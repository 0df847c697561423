// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>

// A few floats at once, by the compiler's vector extension. Included only by the files that are compiled for
// one family of instructions; everything is in an unnamed namespace and nothing of the standard library is
// used, so that no function compiled for a newer processor is taken for another file's.
namespace {

template <int Width> struct Lanes {
    typedef float Value __attribute__((vector_size(Width * sizeof(float))));
    typedef float Loose __attribute__((vector_size(Width * sizeof(float)), aligned(4), may_alias));
    typedef std::int32_t Whole __attribute__((vector_size(Width * sizeof(float))));

    static Value load(const float* from) { return *reinterpret_cast<const Loose*>(from); }
    static void store(float* to, Value value) { *reinterpret_cast<Loose*>(to) = value; }
    // Subtracting zero changes no float, so that this is a mere broadcast (adding it would turn −0 into 0).
    static Value all(float value) { return value - Value{}; }
    static Value largest(Value a, Value b) { return a > b ? a : b; }
    static Value smallest(Value a, Value b) { return a < b ? a : b; }

    static Value leaky(Value value, float slope) { return largest(value, value * slope); }

    static float sum(Value value) {
        float values[Width];
        store(values, value);
        float total = 0;
        for (const float one : values) {
            total += one;
        }
        return total;
    }

    /// Within 2 units in the last place between −87 and 88, clamped outside.
    static Value exponential(Value x) {
        x = smallest(largest(x, all(-87.0f)), all(88.0f));
        // x = n · ln 2 + r, |r| ≤ ln 2 / 2; adding 1.5 · 2^23 rounds to a whole number in the lowest bits.
        const float magic = 12582912.0f;
        const Value shifted = x * 1.44269504f + magic;
        const Value n = shifted - magic;
        const Value r = (x - n * 0.693359375f) + n * 2.12194440e-4f;
        Value p = all(1.9875691500e-4f);
        p = p * r + 1.3981999507e-3f;
        p = p * r + 8.3334519073e-3f;
        p = p * r + 4.1665795894e-2f;
        p = p * r + 1.6666665459e-1f;
        p = p * r + 5.0000001201e-1f;
        p = p * r * r + r + 1.0f;
        Whole bits;
        __builtin_memcpy(&bits, &shifted, sizeof bits);
        bits = (bits + 127) << 23;
        Value power;
        __builtin_memcpy(&power, &bits, sizeof power);
        return p * power;
    }
};

} // namespace
