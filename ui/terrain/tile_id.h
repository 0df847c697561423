// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <compare>

namespace nunatak::ui::terrain {

/// A tile of the quadtree: level 0 is the whole scene; columns count eastwards, rows southwards.
struct TileId {
    int level = 0;
    int column = 0;
    int row = 0;

    TileId parent() const { return {level - 1, column >> 1, row >> 1}; }
    TileId ancestor(int ancestorLevel) const {
        return {ancestorLevel, column >> (level - ancestorLevel), row >> (level - ancestorLevel)};
    }
    /// 0 north-west, 1 north-east, 2 south-west, 3 south-east.
    TileId child(int quadrant) const {
        return {level + 1, column * 2 + (quadrant & 1), row * 2 + (quadrant >> 1)};
    }
    auto operator<=>(const TileId&) const = default;
};

} // namespace nunatak::ui::terrain
