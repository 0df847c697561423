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

/// First and end of a stretch of columns.
using Columns = std::pair<int, int>;

/// Which pixels of a scene a prediction is asked for, and the tiles that it takes: a region's pixels are its
/// own alone, but each is blended of all the tiles that cover it, as in a prediction of the whole scene.
class TileSelection {
public:
    /// All of the grid.
    TileSelection(const geo::Grid& grid, const engine::TilingOptions& tiling);

    /// Keeps the pixels whose middles lie in the shape (where it has none, those that it touches).
    void restrictTo(const geo::MultiPolygon& shape, const geo::Crs& shapeCrs);
    /// Takes also the tiles that reach so many pixels around the kept ones: what smoothing looks at.
    void setMargin(int pixels);

    bool empty() const { return m_wanted.empty(); }
    bool wants(const engine::Window& window) const { return m_wanted.contains({window.row, window.column}); }
    /// First and end of the grid's columns that the tiles reach.
    Columns columns() const;
    /// The columns of the grid that tiles cover in a row, from west to east.
    std::vector<Columns> columnsInRow(int row) const;
    /// Those of them that were asked for.
    const std::vector<Columns>& ownColumnsInRow(int row) const {
        return m_own[static_cast<std::size_t>(row)];
    }
    /// A short text that is the same for the same tiles.
    std::string fingerprint() const;
    /// True when a part of the grid was left out.
    bool isRestricted() const { return m_restricted; }
    /// The pixels asked for, in another system; of a region whose edge has very many steps the shapes it was
    /// made of, which differ from it by less than a pixel.
    geo::MultiPolygon region(const geo::Crs& crs) const;

private:
    /// The shape on the grid, cut to it.
    geo::MultiPolygon onGrid(const geo::MultiPolygon& shape, const geo::Crs& shapeCrs) const;
    void chooseTiles();
    bool touchesOwn(const std::pair<int, int>& tile) const;

    geo::Grid m_grid;
    int m_tile;
    int m_margin = 0;
    bool m_restricted = false;
    std::vector<std::vector<Columns>> m_own; ///< row by row
    geo::MultiPolygon m_shape;               ///< on the grid: what it was restricted to
    std::set<std::pair<int, int>> m_all;     ///< row and column of the tiles' first pixels
    std::set<std::pair<int, int>> m_wanted;
};

/// An extent as a polygon.
geo::MultiPolygon shapeOf(const geo::Extent& extent);
/// The shape in another system; its edges get extra vertices first, since what is straight in one system is
/// curved in another.
geo::MultiPolygon transformedDensely(const geo::MultiPolygon& shape,
                                     const geo::CoordinateTransform& transform, double longestEdge);

} // namespace nunatak::prediction
