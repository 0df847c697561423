// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/tile_engine.h"
#include "geo/crs.h"
#include "geo/grid.h"

#include <mutex>
#include <vector>

namespace nunatak::prediction {

/// The coordinate encoding of Maslov et al. 2025 of a place (degrees, WGS 84): sin latitude, cos latitude,
/// sin longitude, cos longitude, as the published models were trained (in radians).
std::vector<float> coordinateVector(geo::Point degrees);

/// The coordinate encoding of the middle of each tile of a grid. Callable from several threads.
class TileCoordinates {
public:
    explicit TileCoordinates(const geo::Grid& grid);

    /// Throws Error where the tile's middle is no place on Earth.
    std::vector<float> at(const engine::Window& tile) const;

private:
    geo::Grid m_grid;
    geo::CoordinateTransform m_toDegrees; ///< one thread at a time
    mutable std::mutex m_mutex;
};

} // namespace nunatak::prediction
