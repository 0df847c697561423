// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "scene/simulation/patch.h"

#include <cstdint>

namespace nunatak::scene::simulation {

/// A direction towards the sun as a unit vector; east, north, up.
struct Sun {
    double east = 0;
    double north = 0;
    double up = 1;
    double azimuth() const;   ///< degrees from north through east
    double elevation() const; ///< degrees above the horizon
};

/// The sun over a place in the morning of a day (1 to 366), as satellites see it: before noon, the seed says
/// how long. Never lower than 11.5°: no satellite takes pictures of the night.
Sun sunOn(int dayOfYear, double latitude, std::uint64_t seed);

/// Metres around a pixel within which shadows are cast by the ground as fine as the picture; what is farther
/// away casts them by the coarse ground.
inline constexpr double fineShadowMetres = 1500;

/// Share of the sun's disc that terrain leaves to each pixel of `inner`, a window of the patch with
/// fineShadowMetres around it.
Field sunlit(const Place& place, const Patch& patch, const geo::PixelWindow& inner, const Sun& sun);

/// Cosine of the angle between the ground and a direction (east, north, up), and the share of the sky that
/// the ground sees.
struct Facing {
    double cosine = 1;
    double sky = 1;
};
Facing facing(const Field& surface, double cell, int row, int column, const Sun& direction);

} // namespace nunatak::scene::simulation
