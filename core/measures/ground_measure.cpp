// SPDX-License-Identifier: GPL-3.0-or-later
#include "measures/ground_measure.h"

#include "geo/ground_scale.h"
#include "geo/shape_operations.h"

#include <algorithm>
#include <cmath>

namespace nunatak::measures {

namespace {

/// m; over these the quadratic of GroundAreas is true to 1 in 10,000,000.
constexpr double areaCell = 16'000;
/// m; over these the scale of a projection is straight to 1 in 1,000,000.
constexpr double scaleCell = 10'000;
/// Of the cells, so that no corner lies on a pole, where the scale cannot be looked up.
constexpr double offset = 0.37;

} // namespace

double GroundMeasure::area(const geo::MultiPolygon& shape) {
    const auto extent = geo::extentOf(shape);
    if (extent.empty()) {
        return 0;
    }
    const double side = areaCell / m_crs.metresPerUnit();
    if (std::max(extent.width(), extent.height()) > side) {
        return geo::geodesicArea(shape, m_crs);
    }
    const auto middle = extent.center();
    const Cell cell{std::lround(middle.x / side - offset), std::lround(middle.y / side - offset)};
    auto found = m_areas.find(cell);
    if (found == m_areas.end()) {
        const double x = (static_cast<double>(cell.first) + offset) * side;
        const double y = (static_cast<double>(cell.second) + offset) * side;
        found =
            m_areas.emplace(cell, geo::GroundAreas(m_crs, {x - side, y - side, x + side, y + side})).first;
    }
    return found->second.of(shape);
}

double GroundMeasure::metresPerUnit(geo::Point place) {
    const double side = scaleCell / m_crs.metresPerUnit();
    const double x = place.x / side - offset;
    const double y = place.y / side - offset;
    const double left = std::floor(x);
    const double low = std::floor(y);
    const Cell corner{static_cast<long>(left), static_cast<long>(low)};
    const double right = x - left;
    const double up = y - low;
    if (m_last.empty() || corner != m_lastCorner) {
        m_lastCorner = corner;
        m_last = {metresAt(corner), metresAt({corner.first + 1, corner.second}),
                  metresAt({corner.first, corner.second + 1}),
                  metresAt({corner.first + 1, corner.second + 1})};
    }
    return (1 - up) * ((1 - right) * m_last[0] + right * m_last[1]) +
           up * ((1 - right) * m_last[2] + right * m_last[3]);
}

double GroundMeasure::metresAt(Cell corner) {
    const auto found = m_metres.find(corner);
    if (found != m_metres.end()) {
        return found->second;
    }
    const double side = scaleCell / m_crs.metresPerUnit();
    const double metres =
        geo::groundMetresPerUnit(m_crs, {(static_cast<double>(corner.first) + offset) * side,
                                         (static_cast<double>(corner.second) + offset) * side});
    return m_metres.emplace(corner, metres).first->second;
}

} // namespace nunatak::measures
