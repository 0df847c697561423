// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "geo/grid.h"
#include "scene/simulation/field.h"

namespace nunatak::scene::simulation {

/// The side of mountains that lies in the shade, as a direction on a grid: towards the pole of the own
/// hemisphere, which is up the grid in the north, down it in the south, and anywhere in a polar projection.
struct ShadeSide {
    double right = 0;
    double up = 1;

    /// How steeply the ground falls that way: metres per metre, negative where it rises.
    double fallOf(const Field& ground, int row, int column, double cell) const;
};

/// Degrees, of a grid's middle.
double latitudeOf(const geo::Grid& grid);
ShadeSide shadeSideOf(const geo::Grid& grid);

} // namespace nunatak::scene::simulation
