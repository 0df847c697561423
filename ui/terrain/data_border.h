// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "terrain/terrain.h"

#include <utility>
#include <vector>

namespace nunatak::ui::terrain {

/// One straight piece of the border of what the scene shows; the data lie on its left.
using BorderPiece = std::pair<geo::Point, geo::Point>;

/// The border between pixels with and without data, and the terrain's own edge where data reach it, to the
/// accuracy of a drape pixel along the mesh's lines (marching squares): where the block's side walls stand.
std::vector<BorderPiece> dataBorder(const Terrain& terrain);

/// Share of the drape's pixels that have data, 0..1.
double dataShare(const Terrain& terrain);

} // namespace nunatak::ui::terrain
