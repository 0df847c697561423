// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/tile_engine.h"
#include "geo/crs.h"
#include "geo/grid.h"

#include <set>
#include <string>
#include <utility>
#include <vector>

namespace nunatak::prediction {

/// Which tiles of a scene are computed, where only a region of it is asked for.
class TileSelection {
public:
    /// All tiles of the grid.
    TileSelection(const geo::Grid& grid, const engine::TilingOptions& tiling);

    /// Keeps only those that touch this shape.
    void restrictTo(const geo::MultiPolygon& shape, const geo::Crs& shapeCrs);

    bool empty() const { return m_wanted.empty(); }
    bool wants(const engine::Window& window) const { return m_wanted.contains({window.row, window.column}); }
    /// First and end of the grid's columns that the tiles reach.
    std::pair<int, int> columns() const;
    /// The columns of the grid that tiles cover in a row, as first and end, from west to east.
    std::vector<std::pair<int, int>> columnsInRow(int row) const;
    /// A short text that is the same for the same tiles.
    std::string fingerprint() const;
    /// True when tiles were left out.
    bool isRestricted() const { return m_restricted; }
    /// The part of the grid that the tiles cover, in another system.
    geo::MultiPolygon region(const geo::Crs& crs) const;

private:
    geo::Grid m_grid;
    int m_tile;
    int m_step = 1; ///< every tile begins and ends a multiple of it after the first one's corner
    int m_firstColumn = 0;
    int m_firstRow = 0;
    int m_endColumn = 0;
    int m_endRow = 0;
    bool m_restricted = false;
    std::set<std::pair<int, int>> m_wanted; ///< row and column of the tiles' first pixels
};

/// An extent as a polygon.
geo::MultiPolygon shapeOf(const geo::Extent& extent);
/// The shape in another system; its edges get extra vertices first, since what is straight in one system is
/// curved in another.
geo::MultiPolygon transformedDensely(const geo::MultiPolygon& shape,
                                     const geo::CoordinateTransform& transform, double longestEdge);

} // namespace nunatak::prediction
