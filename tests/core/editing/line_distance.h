// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "geo/polygon.h"
#include "geo/segments.h"

#include <algorithm>
#include <cstddef>
#include <limits>

namespace nunatak::tests {

/// How far the vertices of a line lie from a way, at most.
inline double farthestFrom(const geo::Ring& line, const geo::Ring& way) {
    double farthest = 0;
    for (const geo::Point& point : line) {
        double nearest = std::numeric_limits<double>::infinity();
        for (std::size_t i = 0; i + 1 < way.size(); ++i) {
            nearest = std::min(nearest, geo::distanceToSegment(point, way[i], way[i + 1]));
        }
        farthest = std::max(farthest, nearest);
    }
    return farthest;
}

} // namespace nunatak::tests
