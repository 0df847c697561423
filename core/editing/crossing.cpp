// SPDX-License-Identifier: GPL-3.0-or-later
#include "editing/crossing.h"

#include "geo/segments.h"

#include <algorithm>

namespace nunatak::editing {

geo::Point crossingOf(geo::Point a, geo::Point b, geo::Point c, geo::Point d) {
    const double dx = d.x - c.x;
    const double dy = d.y - c.y;
    const double from = (a.x - c.x) * dy - (a.y - c.y) * dx;
    const double to = (b.x - c.x) * dy - (b.y - c.y) * dx;
    return from == to ? a : geo::pointAlong(a, b, std::clamp(from / (from - to), 0.0, 1.0));
}

} // namespace nunatak::editing
