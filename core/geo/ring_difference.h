// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "geo/polygon.h"

#include <cstddef>
#include <optional>

// What an edit changed, found by comparing: a walk along the vertices, without looking at what they make.
namespace nunatak::geo {

/// The stretch in which two rings differ: vertices from `first` to before an end. Empty where they are equal.
struct RingDifference {
    std::size_t first = 0;
    std::size_t endBefore = 0;
    std::size_t endAfter = 0;
    bool empty() const { return first == endBefore && first == endAfter; }
};
RingDifference differenceOf(const Ring& before, const Ring& after);

/// True when both have as many parts, and these as many holes.
bool haveSameRings(const MultiPolygon& a, const MultiPolygon& b);

/// The extent of what differs before and after, with the edges that lead there; empty where nothing does.
/// None where parts or holes came or went.
std::optional<Extent> changedExtent(const MultiPolygon& before, const MultiPolygon& after);

} // namespace nunatak::geo
