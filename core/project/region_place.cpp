// SPDX-License-Identifier: GPL-3.0-or-later
#include "project/region_place.h"

#include "geo/rings.h"
#include "geo/shape_operations.h"

#include <algorithm>
#include <iterator>

namespace nunatak::project {

namespace {

/// True when the segment may touch the box (its own bounds do, and its line does not pass by).
bool mayTouch(geo::Point a, geo::Point b, const geo::Extent& box) {
    if (std::max(a.x, b.x) < box.xmin || std::min(a.x, b.x) > box.xmax || std::max(a.y, b.y) < box.ymin ||
        std::min(a.y, b.y) > box.ymax) {
        return false;
    }
    const auto side = [&](double x, double y) { return (b.x - a.x) * (y - a.y) - (b.y - a.y) * (x - a.x); };
    const double corners[] = {side(box.xmin, box.ymin), side(box.xmin, box.ymax), side(box.xmax, box.ymin),
                              side(box.xmax, box.ymax)};
    return *std::min_element(std::begin(corners), std::end(corners)) <= 0 &&
           *std::max_element(std::begin(corners), std::end(corners)) >= 0;
}

} // namespace

Place placeOf(const geo::Extent& box, const geo::MultiPolygon& region) {
    const auto touches = [&](const geo::Ring& ring) {
        for (std::size_t i = 0, j = ring.size() - 1; i < ring.size(); j = i++) {
            if (mayTouch(ring[j], ring[i], box)) {
                return true;
            }
        }
        return false;
    };
    if (!geo::allRings(region, [&](const geo::Ring& ring) { return !touches(ring); })) {
        return Place::Both;
    }
    return geo::contains(region, box.center()) ? Place::Inside : Place::Outside;
}

} // namespace nunatak::project
