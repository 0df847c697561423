// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "scene/simulation/surfaces.h"

namespace nunatak::scene::simulation {

enum class Polarisation { Co, Cross };

/// Terrain-corrected sigma nought (linear power) of a C-band radar, ascending and descending: surfaces after
/// what Sentinel-1 sees of rock, ice, wet and dry snow (Nagler et al. 2016; Winsvold et al. 2018), by local
/// incidence, with layover, radar shadow and speckle of about 12 looks.
Image<float> backscatterOf(const Place& place, const Patch& patch, const Surfaces& surfaces,
                           Polarisation polarisation, const geo::PixelWindow& window,
                           std::uint64_t noiseSeed);

/// Interferometric coherence 0..1 over some days, ascending and descending: high on rock, low on water, in
/// forest, on snow and where ice moves.
Image<float> coherenceOf(const Place& place, const Patch& patch, const Surfaces& surfaces,
                         const geo::PixelWindow& window, std::uint64_t noiseSeed);

} // namespace nunatak::scene::simulation
