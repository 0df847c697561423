// SPDX-License-Identifier: GPL-3.0-or-later
#include "prediction/tile_coordinates.h"

#include <cmath>
#include <numbers>

namespace nunatak::prediction {

std::vector<float> coordinateVector(geo::Point degrees) {
    const double latitude = degrees.y * std::numbers::pi / 180;
    const double longitude = degrees.x * std::numbers::pi / 180;
    return {static_cast<float>(std::sin(latitude)), static_cast<float>(std::cos(latitude)),
            static_cast<float>(std::sin(longitude)), static_cast<float>(std::cos(longitude))};
}

TileCoordinates::TileCoordinates(const geo::Grid& grid)
    : m_grid(grid), m_toDegrees(grid.crs, geo::Crs::fromUserInput("EPSG:4326")) {}

std::vector<float> TileCoordinates::at(const engine::Window& tile) const {
    const auto middle = m_grid.toMap(tile.column + tile.columns / 2.0, tile.row + tile.rows / 2.0);
    const std::lock_guard lock(m_mutex);
    return coordinateVector(m_toDegrees(middle));
}

} // namespace nunatak::prediction
