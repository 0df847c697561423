// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/tile_engine.h"

#include <vector>

namespace nunatak::engine {

/// What goes to the network at once: tiles of one row of tiles.
struct Batch {
    std::vector<Window> windows;
    bool endsRow = false;                  ///< the last one of its row of tiles
    int nextTiles = OpenRows::noTilesLeft; ///< if so: first row of the next row of tiles
};

/// The windows (sorted by row) as batches of at most `size`.
std::vector<Batch> batchesOf(const std::vector<Window>& windows, int size);

} // namespace nunatak::engine
