// SPDX-License-Identifier: GPL-3.0-or-later
#include "ranking/rough_extent.h"

#include <cmath>
#include <vector>

namespace nunatak::ranking {

geo::Extent roughExtent(const geo::Extent& extent, const geo::CoordinateTransform& transform) {
    std::vector<geo::Point> points;
    for (const double x : {extent.xmin, extent.center().x, extent.xmax}) {
        for (const double y : {extent.ymin, extent.center().y, extent.ymax}) {
            points.push_back({x, y});
        }
    }
    transform.applyOrNan(points);
    geo::Extent result;
    for (const auto& point : points) {
        if (std::isfinite(point.x) && std::isfinite(point.y)) {
            result.include(point);
        }
    }
    return result;
}

} // namespace nunatak::ranking
