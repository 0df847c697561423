// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/progress.h"
#include "ranking/sun.h"
#include "scene/scene_reader.h"

#include <cstdint>
#include <functional>

namespace nunatak::ranking {

/// Hands out a row of `grid` (its columns; 1 is shadow).
using ShadowRow = std::function<void(int row, const std::uint8_t* shadow)>;

/// The shadows that a scene's elevation model casts on a grid north-up in metres, each row once, from the
/// sun's side. The model is read in strips of so many rows, as far as 30 km beyond the grid towards the sun.
/// Throws Error when it cannot be read; Cancelled.
void castSceneShadow(const scene::SceneReader& scene, const geo::Grid& grid, double sunElevation,
                     double sunAzimuth, int stripRows, const ShadowRow& take, const Progress& progress);

} // namespace nunatak::ranking
