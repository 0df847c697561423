// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "geo/grid.h"

namespace nunatak::geo {

/// Metres on the ground that one unit of a projected system's coordinates is at a place: its unit over the
/// projection's point scale (Snyder 1987), the mean of all directions where they differ. In polar
/// stereographic it is 1 at the standard parallel alone: 3.9 % less at 60° N in EPSG:3413. The unit itself
/// where the system has no place on the Earth or cannot express this one.
double groundMetresPerUnit(const Crs& crs, Point place);

/// The same, of pixels of a grid: looked up once for every block of 64 × 64 pixels counted from the origin of
/// coordinates, so a window of a grid is given what the whole grid is. Belongs to the thread that made it.
class GroundScale {
public:
    explicit GroundScale(Grid grid) : m_grid(std::move(grid)) {}

    /// Metres on the ground per unit of the grid's system at a pixel.
    double at(int column, int row);

private:
    static constexpr double block = 64;

    Grid m_grid;
    Point m_place{}; ///< of the last block, in blocks
    double m_metres = 0;
};

} // namespace nunatak::geo
