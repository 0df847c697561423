// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "geo/grid.h"
#include "scene/simulation/place.h"

namespace nunatak::scene::simulation {

/// What lies where in a window of the picture, at its pixel size. The window may reach beyond the picture.
struct Patch {
    geo::PixelWindow window;
    double cell = 0;             ///< metres
    Field surface;               ///< metres above the sea: ground, ice or water
    Field thickness;             ///< of ice, metres; 0 off the ice
    Image<std::int32_t> glacier; ///< 0 none, else a glacier
    Field forefield;             ///< 0..1: left by the ice since its last advance
    Field water;                 ///< depth of lakes in metres, 0 on land
    Field debris;                ///< share of the ice that is under rock, 0..1 (only in `inner`)
    Field bands;                 ///< −1..1: bands along the flow of the ice (only in `inner`)
};

/// Where there is ice and whose it is, by the numbers of the coarse basins or of the given outlines; before
/// parts are joined and numbered.
Image<std::int32_t> iceIn(const Place& place, const geo::PixelWindow& window);

/// The patch of a window. `glaciers` are the numbers in the whole picture; beyond it, ice has the number 1.
/// Debris and bands are worked out within `inner` alone, a window that lies in the first.
Patch patchOf(const Place& place, const Image<std::int32_t>& glaciers, const geo::PixelWindow& window,
              const geo::PixelWindow& inner);

/// A window with so many pixels more on each side.
geo::PixelWindow grown(const geo::PixelWindow& window, int pixels);

} // namespace nunatak::scene::simulation
