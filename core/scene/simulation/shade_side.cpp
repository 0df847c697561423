// SPDX-License-Identifier: GPL-3.0-or-later
#include "scene/simulation/shade_side.h"

#include "geo/true_north.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace nunatak::scene::simulation {

double ShadeSide::fallOf(const Field& ground, int row, int column, double cell) const {
    const int above = std::max(row - 1, 0);
    const int below = std::min(row + 1, ground.rows() - 1);
    const double upward = up * (ground.at(0, below, column) - ground.at(0, above, column)) / (2 * cell);
    if (right == 0) {
        return upward;
    }
    const int before = std::max(column - 1, 0);
    const int behind = std::min(column + 1, ground.columns() - 1);
    return upward + right * (ground.at(0, row, before) - ground.at(0, row, behind)) / (2 * cell);
}

double latitudeOf(const geo::Grid& grid) {
    const geo::CoordinateTransform toDegrees(grid.crs, geo::Crs::fromUserInput("EPSG:4326"));
    return toDegrees(grid.extent().center()).y;
}

ShadeSide shadeSideOf(const geo::Grid& grid) {
    const double north = geo::TrueNorth(grid.crs).bearing(grid.extent().center()) * std::numbers::pi / 180;
    const double sign = latitudeOf(grid) < 0 ? -1 : 1;
    return {sign * std::sin(north), sign * std::cos(north)};
}

} // namespace nunatak::scene::simulation
