// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/progress.h"
#include "scene/simulation_ice.h"
#include "scene/simulation_relief.h"

#include <algorithm>
#include <cstdint>

namespace nunatak::scene::simulation {

/// What lies where, at the picture's pixel size.
struct Landscape {
    double cell = 0; ///< metres
    double equilibriumLine = 0;
    Field surface;               ///< metres above the sea: ground, ice or water
    Image<std::int32_t> glacier; ///< 0 none, else the number of a glacier
    int glaciers = 0;            ///< the highest number
    Field debris;                ///< share of the ice that is under rock, 0..1
    Field forefield;             ///< 1 where the ice has gone since its last advance
    Field water;                 ///< depth of lakes in metres, 0 on land
};

/// Brings relief and ice together: tongues in their valleys, ice divides that part glaciers, debris that rock
/// walls drop and the flow carries down, lakes in the hollows that retreating ice leaves.
Landscape makeLandscape(std::uint64_t seed, const Relief& relief, const Ice& ice, const Progress& progress);

/// A rectangle of an image.
template <typename T> Image<T> cut(const Image<T>& whole, int row, int column, int rows, int columns) {
    Image<T> part(1, rows, columns);
    for (int y = 0; y < rows; ++y) {
        std::copy_n(whole.row(0, row + y) + column, columns, part.row(0, y));
    }
    return part;
}

/// A rectangle of it; glaciers that the edge cuts apart are parted, crumbs under `smallest` m² are no
/// glaciers.
Landscape cropped(const Landscape& landscape, int row, int column, int rows, int columns, double smallest);

/// Numbers 4-connected parts of equal number anew from 1, parts under `smallest` pixels become 0. Returns the
/// count.
int numberParts(Image<std::int32_t>& numbers, int smallest);

} // namespace nunatak::scene::simulation
