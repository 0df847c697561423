// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>

// What all parts of the simulator stand on. The same seed must give the same pixels on every machine, so
// there is nothing here (or in the other parts) that the standard lets differ: no std::distribution, and of
// the mathematical functions only sqrt, which IEEE 754 defines to the last bit; sin, exp or pow differ
// between libraries and processors.
namespace nunatak::scene::simulation {

/// A good 64-bit mix of its argument (SplitMix64's finaliser, Steele et al. 2014).
std::uint64_t mixed(std::uint64_t value);

/// Numbers that depend on the seed and a stream alone.
class Random {
public:
    Random(std::uint64_t seed, std::uint64_t stream)
        : m_state(mixed(seed * 0x9E3779B97F4A7C15ULL + stream)) {}
    std::uint64_t next();
    /// In [0, 1).
    double uniform();
    double uniform(double low, double high) { return low + (high - low) * uniform(); }

private:
    std::uint64_t m_state;
};

/// About standard normal, for one pixel of one stream (a sum of uniforms, so bounded by ±3.5).
double normalAt(std::uint64_t seed, std::uint64_t stream, std::uint64_t pixel);

/// sin and cos of degrees, by series: the same bits everywhere.
double sineOfDegrees(double degrees);
double cosineOfDegrees(double degrees);

/// 0 below low, 1 above high, smooth between.
double smoothStep(double low, double high, double value);
inline double mix(double a, double b, double share) {
    return a + (b - a) * share;
}

} // namespace nunatak::scene::simulation
