// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "network/cpu/kernels.h"
#include "network/cpu/memory.h"

// Maps as tiles of 4 × 4 outputs; the tiles of several maps of one size are counted on.
namespace nunatak::models::cpu {

/// First output of a tile.
struct WinogradPlace {
    int image;
    int row;
    int column;
};

/// Tiles of one map.
int winogradTiles(const Map& map);
WinogradPlace winogradPlace(int tile, const Map& map);

/// The 6 × 6 pixels around a tile of this map; at its edges a copy with zeros outside, which takes 36 pixels.
Patch winogradPatch(const WinogradPlace& place, const Map& in, float* copy);

} // namespace nunatak::models::cpu
