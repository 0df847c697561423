// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "geo/crs.h"
#include "geo/ground_areas.h"

#include <map>
#include <utility>
#include <vector>

namespace nunatak::measures {

/// Areas and lengths on the ground of what is drawn in a projected system, of thousands of outlines: what the
/// projection does to them is looked up once for each piece of country. Within 1 in 1,000,000 of
/// geo::geodesicArea() and of geo::groundMetresPerUnit(). Belongs to the thread that made it.
class GroundMeasure {
public:
    explicit GroundMeasure(geo::Crs crs) : m_crs(std::move(crs)) {}

    /// m², geodesic, holes subtracted.
    double area(const geo::MultiPolygon& shape);
    /// Metres on the ground per unit of the coordinates.
    double metresPerUnit(geo::Point place);

private:
    using Cell = std::pair<long, long>;
    double metresAt(Cell corner);

    geo::Crs m_crs;
    std::map<Cell, geo::GroundAreas> m_areas;
    std::map<Cell, double> m_metres;
    Cell m_lastCorner;
    std::vector<double> m_last; ///< at the corners of the cell that was asked for last
};

} // namespace nunatak::measures
