// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "scene/simulation/clouds.h"
#include "scene/simulation/surfaces.h"

namespace nunatak::scene::simulation {

/// Metres around a pixel from which light reaches it by way of the ground and the air.
inline constexpr double adjacencyMetres = 600;

/// What the sun, the sky and the ground around give to the pixels of a window.
struct Illumination {
    geo::PixelWindow window;
    Field direct; ///< share of the sun's light that arrives, by terrain and clouds, times its cosine
    Field sky;    ///< share of the sky that is seen
};

/// For a window of the patch with fineShadowMetres around it.
Illumination illuminationOf(const Place& place, const Patch& patch, const geo::PixelWindow& window,
                            const Sun& sun, const Clouds& clouds);

/// Top-of-atmosphere reflectance in blue, green, red, nir, swir1, swir2 as a satellite would measure it:
/// surfaces mixed in each pixel, light from sun, sky and bright slopes around, shadows, haze, clouds, the
/// sensor's blur and noise. `light` reaches adjacencyMetres beyond `window` at least.
Image<float> opticalOf(const Place& place, const Patch& patch, const Surfaces& surfaces,
                       const Illumination& light, const Sun& sun, const Clouds& clouds,
                       const geo::PixelWindow& window, std::uint64_t noiseSeed);

} // namespace nunatak::scene::simulation
