// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "scene/simulation/field.h"

#include <cstdint>
#include <vector>

namespace nunatak::scene::simulation {

/// Which glacier the ice of a cell flows to. A cell on a divide gives a share of its ice to each side, so
/// that between cells the line of equal shares is the divide, without steps of the grid.
struct Basins {
    static constexpr int most = 3; ///< glaciers that a cell can flow to
    Image<std::int32_t> numbers;   ///< `most` bands, 0 where there are fewer
    Field shares;                  ///< `most` bands, sum 1 on ice
    Field length;                  ///< metres along the flow to the end of the tongue, 0 off the ice
    int count = 0;
    std::vector<double> longest; ///< by number (0 unused): the greatest length in metres
};

/// Parts ice where its flow parts (after Kienholz et al. 2013): ice belongs together when it drains to the
/// same stream within `reach` metres of leaving it. Flow is split between the two neighbours that the surface
/// falls towards (Tarboton 1997).
Basins basinsOf(const Image<std::uint8_t>& ice, const Field& surface, double cell, double reach);

/// The number that most ice at a place belongs to, in cells from the middle of the first one; 0 off the ice.
int basinAt(const Basins& basins, double column, double row);

} // namespace nunatak::scene::simulation
