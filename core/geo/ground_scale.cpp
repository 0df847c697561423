// SPDX-License-Identifier: GPL-3.0-or-later
#include "geo/ground_scale.h"

#include "base/error.h"
#include "geo/shape_operations.h"

#include <cmath>

namespace nunatak::geo {

double groundMetresPerUnit(const Crs& crs, Point place) {
    const double unit = crs.metresPerUnit();
    if (!crs.isProjected()) {
        return unit;
    }
    const double half = 1000 / unit;
    const Ring square{{place.x - half, place.y - half},
                      {place.x + half, place.y - half},
                      {place.x + half, place.y + half},
                      {place.x - half, place.y + half},
                      {place.x - half, place.y - half}};
    try {
        const double metres = std::sqrt(geodesicArea({{square, {}}}, crs)) / (2 * half);
        // At the edge of what a projection can show, or beyond it, nothing can be told.
        return metres > unit / 100 && metres < unit * 100 ? metres : unit;
    } catch (const Error&) {
        return unit;
    }
}

double GroundScale::at(int column, int row) {
    const Point map = m_grid.toMap(column + 0.5, row + 0.5);
    const double size = block * m_grid.pixelSize;
    // The odd number keeps the step away from where middles of pixels lie.
    constexpr double off = 0.00137;
    const Point place{std::floor(map.x / size + off), std::floor(map.y / size + off)};
    if (m_metres == 0 || place.x != m_place.x || place.y != m_place.y) {
        m_place = place;
        m_metres = groundMetresPerUnit(m_grid.crs, {(place.x + 0.5) * size, (place.y + 0.5) * size});
    }
    return m_metres;
}

} // namespace nunatak::geo
