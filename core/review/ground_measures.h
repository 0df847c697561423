// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "geo/crs.h"
#include "geo/ground_areas.h"
#include "outlines/outline.h"

#include <cstdint>
#include <map>
#include <utility>

namespace nunatak::review {

/// What outlines measure on the ground, for thousands of glaciers at once: what is asked of the projection is
/// asked once for many of them. Used by one thread at a time.
class GroundMeasures {
public:
    explicit GroundMeasures(geo::Crs crs) : m_crs(std::move(crs)) {}

    /// Metres on the ground per unit of the system's coordinates, at the middle of a square of 10 km.
    double metresPerUnit(geo::Point place);
    /// m², as GroundAreas measures around the middle of a square of 100 km: within 1 part in 10,000 of what
    /// geodesics say.
    double area(const outlines::SharedOutline& outline);

private:
    geo::Crs m_crs;
    std::map<std::pair<std::int64_t, std::int64_t>, double> m_known;
    std::map<std::pair<std::int64_t, std::int64_t>, geo::GroundAreas> m_areas;
};

/// Of all rings, in units of the coordinates.
double lengthOf(const geo::MultiPolygon& shape);

} // namespace nunatak::review
