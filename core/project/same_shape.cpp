// SPDX-License-Identifier: GPL-3.0-or-later
#include "project/same_shape.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <vector>

namespace nunatak::project {

namespace {

constexpr double tolerance = 0.02; // m

bool isSamePlace(const geo::Point& a, const geo::Point& b) {
    return std::hypot(a.x - b.x, a.y - b.y) <= tolerance;
}

/// `step` is 1, or the ring's size less 1 to go backwards.
bool isSameFrom(const geo::Ring& a, const geo::Ring& b, std::size_t start, std::size_t step) {
    std::size_t at = start;
    for (const geo::Point& point : a) {
        if (!isSamePlace(point, b[at])) {
            return false;
        }
        at = (at + step) % b.size();
    }
    return true;
}

bool isSameRing(const geo::Ring& a, const geo::Ring& b) {
    if (a.size() != b.size()) {
        return false;
    }
    if (a.empty()) {
        return true;
    }
    for (std::size_t start = 0; start < b.size(); ++start) {
        if (isSamePlace(a.front(), b[start]) &&
            (isSameFrom(a, b, start, 1) || isSameFrom(a, b, start, b.size() - 1))) {
            return true;
        }
    }
    return false;
}

std::vector<const geo::Ring*> ringsOf(const geo::MultiPolygon& shape) {
    std::vector<const geo::Ring*> rings;
    for (const geo::Polygon& polygon : shape) {
        rings.push_back(&polygon.outer);
        for (const geo::Ring& hole : polygon.holes) {
            rings.push_back(&hole);
        }
    }
    return rings;
}

} // namespace

bool isSameShape(const geo::MultiPolygon& a, const geo::MultiPolygon& b) {
    if (a == b) {
        return true;
    }
    const auto rings = ringsOf(a);
    auto others = ringsOf(b);
    if (rings.size() != others.size()) {
        return false;
    }
    for (const geo::Ring* ring : rings) {
        const auto same = std::find_if(others.begin(), others.end(),
                                       [&](const geo::Ring* other) { return isSameRing(*ring, *other); });
        if (same == others.end()) {
            return false;
        }
        others.erase(same);
    }
    return true;
}

} // namespace nunatak::project
