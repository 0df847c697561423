// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "scene/simulation/optical.h"

namespace nunatak::scene::simulation {

/// Metres around a pixel from which the thermal sensor's wide eye takes radiation.
inline constexpr double thermalMetres = 120;

/// Brightness temperature in kelvin: falling with height, warmer where the sun shines, ice and snow never
/// above melting, debris and rock warm, clouds cold; as blurred as pixels of 100 m are. `light` reaches
/// thermalMetres beyond `window` at least.
Image<float> temperatureOf(const Place& place, const Patch& patch, const Surfaces& surfaces,
                           const Season& season, const Illumination& light, const Clouds& clouds,
                           const geo::PixelWindow& window, std::uint64_t noiseSeed);

} // namespace nunatak::scene::simulation
