// SPDX-License-Identifier: GPL-3.0-or-later
#include "geo/same_line.h"

#include "geo/ring_difference.h"
#include "geo/rings.h"
#include "geo/segments.h"

#include <algorithm>
#include <cstddef>

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

/// The same ring, begun at a vertex that `like` begins with or has soon after, and in its direction; as it is
/// where they have none of these in common.
Ring alignedWith(const Ring& like, Ring ring) {
    if (signedArea(like) * signedArea(ring) < 0) {
        std::reverse(ring.begin(), ring.end());
    }
    constexpr std::size_t most = 64;
    for (std::size_t i = 0; i < std::min(most, like.size()); ++i) {
        const auto found = std::find(ring.begin(), ring.end(), like[i]);
        if (found != ring.end()) {
            std::rotate(ring.begin(), found, ring.end());
            // Vertices that came before it lie between the last one and it.
            std::rotate(ring.begin(), ring.end() - static_cast<std::ptrdiff_t>(std::min(i, ring.size())),
                        ring.end());
            return ring;
        }
    }
    return ring;
}

bool isSameRing(const Ring& ring, const Ring& other, double tolerance) {
    const RingDifference difference = differenceOf(ring, other);
    const Ring one = stretchOf(ring, difference.first, difference.endBefore);
    const Ring two = stretchOf(other, difference.first, difference.endAfter);
    return follows(one, two, tolerance) && follows(two, one, tolerance);
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
        isSame = isSameRing(ring, other, tolerance) ||
                 (ring.front() != other.front() && isSameRing(ring, alignedWith(ring, other), tolerance));
    });
    return isSame;
}

} // namespace nunatak::geo
