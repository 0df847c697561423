// SPDX-License-Identifier: GPL-3.0-or-later
#include "editing/common_ground.h"

#include "editing/boundaries.h"
#include "geo/rings.h"
#include "geo/segments.h"
#include "geo/shape_operations.h"

#include <algorithm>
#include <cmath>

namespace nunatak::editing {

bool isSliver(const geo::Polygon& part) {
    double around = geo::ringLength(part.outer);
    for (const geo::Ring& hole : part.holes) {
        around += geo::ringLength(hole);
    }
    return geo::planarArea({part}) <= onLine * around / 2;
}

geo::MultiPolygon notable(geo::MultiPolygon shape) {
    std::erase_if(shape, isSliver);
    return shape;
}

const geo::Polygon& largestOf(const geo::MultiPolygon& shape) {
    return *std::max_element(shape.begin(), shape.end(), [](const auto& a, const auto& b) {
        return std::abs(geo::signedArea(a.outer)) < std::abs(geo::signedArea(b.outer));
    });
}

geo::Extent inBoth(const geo::Extent& a, const geo::Extent& b) {
    return {std::max(a.xmin, b.xmin), std::max(a.ymin, b.ymin), std::min(a.xmax, b.xmax),
            std::min(a.ymax, b.ymax)};
}

} // namespace nunatak::editing
