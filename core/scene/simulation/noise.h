// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>

namespace nunatak::scene::simulation {

/// Gradient noise (Perlin 1985 with quintic fading), about −1..1, wavelength 1.
double noise(std::uint64_t seed, double x, double y);
/// Octaves of noise, each of half the wavelength and `gain` of the size of the one before; about −1..1.
double fractal(std::uint64_t seed, double x, double y, int octaves, double gain = 0.5);
/// Ridged multifractal (Musgrave 1998): sharp crests, 0..1; octaves grow where the one before was high.
double ridged(std::uint64_t seed, double x, double y, int octaves);

} // namespace nunatak::scene::simulation
