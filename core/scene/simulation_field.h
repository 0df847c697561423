// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/image.h"

#include <cstdint>
#include <functional>

// What all parts of the simulator stand on. The same seed must give the same pixels on every machine, so
// there is nothing here (or in the other parts) that the standard lets differ: no std::distribution, and of
// the mathematical functions only sqrt, which IEEE 754 defines to the last bit; sin, exp or pow differ
// between libraries and processors.
namespace nunatak::scene::simulation {

/// One band on a square grid, row 0 in the north.
using Field = Image<float>;

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

/// Gradient noise (Perlin 1985 with quintic fading), about −1..1, wavelength 1.
double noise(std::uint64_t seed, double x, double y);
/// Octaves of noise, each of half the wavelength and `gain` of the size of the one before; about −1..1.
double fractal(std::uint64_t seed, double x, double y, int octaves, double gain = 0.5);
/// Ridged multifractal (Musgrave 1998): sharp crests, 0..1; octaves grow where the one before was high.
double ridged(std::uint64_t seed, double x, double y, int octaves);

/// sin and cos of degrees, by series: the same bits everywhere.
double sineOfDegrees(double degrees);
double cosineOfDegrees(double degrees);

/// 0 below low, 1 above high, smooth between.
double smoothStep(double low, double high, double value);
inline double mix(double a, double b, double share) {
    return a + (b - a) * share;
}

/// Calls work for every row, on all cores; the rows must not depend on each other.
void forRows(int rows, const std::function<void(int row)>& work);

/// Mean over a square of 2 radius + 1 pixels, edges repeated; `passes` times (three come close to a
/// Gaussian).
Field blurred(const Field& field, int radius, int passes);
/// At `factor` times as many pixels, by cubic convolution (Catmull-Rom), pixel areas aligned.
Field enlarged(const Field& field, int factor, int rows, int columns);
/// At 1 / factor as many pixels, means of blocks (rows and columns rounded up).
Field reduced(const Field& field, int factor);
/// The value below which `share` of all pixels lie.
double quantile(const Field& field, double share);
/// Length of the gradient (central differences), metres per metre.
Field gradient(const Field& field, double cell);

} // namespace nunatak::scene::simulation
