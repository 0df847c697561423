// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/progress.h"
#include "scene/simulation_landscape.h"

#include <string>

namespace nunatak::scene::simulation {

/// A direction towards the sun as a unit vector; east, north, up.
struct Sun {
    double east = 0;
    double north = 0;
    double up = 1;
    double azimuth() const;   ///< degrees from north through east
    double elevation() const; ///< degrees above the horizon
};

/// The sun over a place on a morning of that date (ISO), as satellites see it: before noon, the seed says how
/// long.
Sun sunOn(const std::string& date, double latitude, std::uint64_t seed);

/// True (1) where the sun is hidden behind terrain.
Image<std::uint8_t> castShadows(const Field& surface, double cell, const Sun& sun);

/// Top-of-atmosphere reflectance in blue, green, red, nir, swir1, swir2 as a satellite would measure it:
/// materials mixed in each pixel, light from sun and sky on the terrain, shadows, haze, the sensor's blur and
/// noise.
Image<float> opticalOf(std::uint64_t seed, const Landscape& land, const Image<std::uint8_t>& shadows,
                       const Sun& sun, const Progress& progress);

} // namespace nunatak::scene::simulation
