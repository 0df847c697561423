// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "geo/crs.h"
#include "outlines/outline.h"

#include <cstdint>
#include <map>
#include <utility>

namespace nunatak::review {

/// What outlines measure on the ground, within 1 part in 1,000 of what geodesics say, for thousands of
/// glaciers at once: in the plane, times the projection's scale at the glacier's middle, which is looked up
/// once for every 10 km. Used by one thread at a time.
class GroundMeasures {
public:
    explicit GroundMeasures(geo::Crs crs) : m_crs(std::move(crs)) {}

    /// Metres on the ground per unit of the system's coordinates.
    double metresPerUnit(geo::Point place);
    /// m².
    double area(const outlines::SharedOutline& outline);

private:
    geo::Crs m_crs;
    std::map<std::pair<std::int64_t, std::int64_t>, double> m_known;
};

/// Of all rings, in units of the coordinates.
double lengthOf(const geo::MultiPolygon& shape);

} // namespace nunatak::review
