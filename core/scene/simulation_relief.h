// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/progress.h"
#include "scene/simulation_field.h"

namespace nunatak::scene::simulation {

/// Mountains: the ground without ice, coarse enough for a model of ice flow and as fine as the picture.
struct Relief {
    int factor = 1;  ///< fine pixels per coarse cell
    double cell = 0; ///< metres per fine pixel
    Field coarse;    ///< metres above the sea
    Field detail;    ///< fine: what the ground has beyond the enlarged coarse field
    double coarseCell() const { return cell * factor; }
};

/// A mountain range of rows × columns fine pixels: uplift along a belt against rivers (stream power, solved
/// implicitly after Braun and Willett 2013) and slopes that fail above a critical angle, then ridges and
/// gullies too small for that. The factor divides rows and columns.
Relief makeRelief(std::uint64_t seed, int rows, int columns, double cell, int factor,
                  const Progress& progress);

} // namespace nunatak::scene::simulation
