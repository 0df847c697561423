// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "geo/grid.h"

#include <vector>

namespace nunatak::geo {

/// What the pixels of a grid measure on the ground (geodesic): in a map projection they are not all the same,
/// in polar stereographic by several per cent. Worked out for blocks of pixels, within which it changes by
/// less than 1 in 10,000, when they are first asked for. Used by one thread at a time.
class PixelAreas {
public:
    explicit PixelAreas(Grid grid);

    /// m² of a pixel of the grid.
    double at(int row, int column);
    /// Length of a pixel's side on the ground, m; the same in both directions where the projection keeps
    /// angles.
    double sideAt(int row, int column);

private:
    double measured(int blockRow, int blockColumn) const;

    Grid m_grid;
    int m_blockColumns = 0;
    std::vector<double> m_areas; ///< by block; NaN: not asked for yet
};

} // namespace nunatak::geo
