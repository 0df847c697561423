// SPDX-License-Identifier: GPL-3.0-or-later
#include "geo/same_line.h"

#include "geo/ring_difference.h"
#include "geo/rings.h"
#include "geo/segments.h"

namespace nunatak::geo {

namespace {

/// The stretch with the vertices before and after it.
Ring stretchOf(const Ring& ring, std::size_t first, std::size_t end) {
    Ring stretch{ring[(first + ring.size() - 1) % ring.size()]};
    for (std::size_t i = first; i < end; ++i) {
        stretch.push_back(ring[i]);
    }
    stretch.push_back(ring[end % ring.size()]);
    return stretch;
}

/// Each vertex lies on the line, in the line's order.
bool follows(const Ring& vertices, const Ring& line, double tolerance) {
    std::size_t at = 0;
    for (const Point& vertex : vertices) {
        while (at + 1 < line.size() && distanceToSegment(vertex, line[at], line[at + 1]) > tolerance) {
            ++at;
        }
        if (at + 1 >= line.size()) {
            return false;
        }
    }
    return true;
}

} // namespace

bool isSameLine(const MultiPolygon& a, const MultiPolygon& b, double tolerance) {
    if (!haveSameRings(a, b)) {
        return false;
    }
    bool isSame = true;
    forEachRing(a, [&](const Ring& ring, int part, int number) {
        const Ring& other = ringOf(b, part, number);
        if (!isSame || ring == other) {
            return;
        }
        if (ring.empty() || other.empty()) {
            isSame = false;
            return;
        }
        const RingDifference difference = differenceOf(ring, other);
        const Ring one = stretchOf(ring, difference.first, difference.endBefore);
        const Ring two = stretchOf(other, difference.first, difference.endAfter);
        isSame = follows(one, two, tolerance) && follows(two, one, tolerance);
    });
    return isSame;
}

} // namespace nunatak::geo
