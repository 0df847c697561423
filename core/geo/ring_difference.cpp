// SPDX-License-Identifier: GPL-3.0-or-later
#include "geo/ring_difference.h"

#include "geo/rings.h"

#include <algorithm>

namespace nunatak::geo {

namespace {

/// Vertices from before `first` to `end`, which may be the ring's first one again.
void include(Extent& extent, const Ring& ring, std::size_t first, std::size_t end) {
    for (std::size_t i = first; i < end && !ring.empty(); ++i) {
        extent.include(ring[i]);
    }
    if (!ring.empty()) {
        extent.include(ring[first > 0 ? first - 1 : ring.size() - 1]);
        extent.include(ring[end < ring.size() ? end : 0]);
    }
}

} // namespace

RingDifference differenceOf(const Ring& before, const Ring& after) {
    const auto first = static_cast<std::size_t>(
        std::mismatch(before.begin(), before.end(), after.begin(), after.end()).first - before.begin());
    const auto most = static_cast<std::ptrdiff_t>(std::min(before.size(), after.size()) - first);
    const auto same = static_cast<std::size_t>(
        std::mismatch(before.rbegin(), before.rbegin() + most, after.rbegin()).first - before.rbegin());
    return {first, before.size() - same, after.size() - same};
}

bool haveSameRings(const MultiPolygon& a, const MultiPolygon& b) {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](const Polygon& one, const Polygon& other) {
        return one.holes.size() == other.holes.size();
    });
}

std::optional<Extent> changedExtent(const MultiPolygon& before, const MultiPolygon& after) {
    if (!haveSameRings(before, after)) {
        return std::nullopt;
    }
    Extent extent;
    forEachRing(before, [&](const Ring& ring, int part, int number) {
        const Ring& other = ringOf(after, part, number);
        const RingDifference difference = differenceOf(ring, other);
        if (!difference.empty()) {
            include(extent, ring, difference.first, difference.endBefore);
            include(extent, other, difference.first, difference.endAfter);
        }
    });
    return extent;
}

} // namespace nunatak::geo
