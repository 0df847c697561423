// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "geo/grid.h"
#include "geo/polygon.h"
#include "prediction/calibration.h"

#include <vector>

// What a calibration is judged by must not be the neighbour of what it was fitted to: glaciers, light and
// snow of places side by side are alike, and the network sees both in one tile.
namespace nunatak::prediction {

/// Validated pixels of one place.
struct ValidationBlock {
    geo::Extent place; ///< longitude and latitude, degrees; empty: not known
    ReliabilityCounter pixels;
};

/// A tile of a data set, or a scene, in blocks.
struct ValidationGround {
    std::vector<ValidationBlock> blocks;
};

/// Empty blocks of `side` × `side` pixels of a grid, row by row, with where they lie.
std::vector<ValidationBlock> blocksOf(const geo::Grid& grid, int side);

struct SeparatedParts {
    ReliabilityCounter fitting;
    ReliabilityCounter heldOut;
    double leftOut = 0;      ///< pixels between the two
    bool placesKnown = true; ///< false: the grounds do not say where they lie, and are taken in their order
};

/// Two parts of about as many pixels each, nowhere nearer to one another than `metres`. Ground that hangs
/// together stays in one part, unless that would leave the other with hardly any: then the largest piece is
/// cut across, and what lies at the cut is left out. A part is empty where the ground is too small for two.
SeparatedParts separated(const std::vector<ValidationGround>& grounds, double metres);

} // namespace nunatak::prediction
