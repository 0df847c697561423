// SPDX-License-Identifier: GPL-3.0-or-later
#include "outlines/shape_walk.h"

#include "geo/rings.h"

#include <cmath>
#include <limits>

namespace nunatak::outlines {

namespace {

/// x and y at once; compilers make one instruction of each operation where the processor has it.
using Pair = double __attribute__((vector_size(2 * sizeof(double))));

Pair pairOf(const geo::Point& point) {
    return Pair{point.x, point.y};
}

/// Lowest and highest coordinates so far. What is no number is passed over.
struct Bounds {
    Pair low = {std::numeric_limits<double>::infinity(), std::numeric_limits<double>::infinity()};
    Pair high = -low;
    void include(Pair point) {
        low = point < low ? point : low;
        high = point > high ? point : high;
    }
};

Pair timesTurned(Pair a, Pair b) {
    return a * Pair{b[1], b[0]};
}

/// Grows the bounds by a ring of at least one vertex; returns twice its signed area. Two vertices at a time,
/// for which no sum waits for the one before.
double walk(const geo::Ring& ring, Bounds& bounds) {
    // Relative to the first vertex: coordinates in the millions would eat the digits of a small glacier.
    const Pair origin = pairOf(ring.front());
    bounds.include(origin);
    Bounds others = bounds;
    Pair twice{};
    Pair from{};
    std::size_t i = 1;
    for (; i + 1 < ring.size(); i += 2) {
        const Pair first = pairOf(ring[i]);
        const Pair second = pairOf(ring[i + 1]);
        bounds.include(first);
        others.include(second);
        const Pair to = first - origin;
        const Pair next = second - origin;
        const Pair crossed = timesTurned(from, to);
        const Pair crossedNext = timesTurned(to, next);
        twice += Pair{crossed[0], crossedNext[0]} - Pair{crossed[1], crossedNext[1]};
        from = next;
    }
    if (i < ring.size()) {
        const Pair last = pairOf(ring[i]);
        bounds.include(last);
        const Pair crossed = timesTurned(from, last - origin);
        twice[0] += crossed[0] - crossed[1];
    }
    bounds.include(others.low);
    bounds.include(others.high);
    return twice[0] + twice[1];
}

} // namespace

ShapeWalk walkAlong(const geo::MultiPolygon& shape) {
    ShapeWalk found;
    Bounds outer;
    Bounds holes; // say nothing of the extent
    geo::forEachRing(shape, [&](const geo::Ring& ring, int, int number) {
        found.vertices += ring.size();
        found.isSound = found.isSound && ring.size() >= 3;
        if (ring.empty()) {
            return;
        }
        const double twice = walk(ring, number == 0 ? outer : holes);
        // A sum with what is no number is none; it may be none for its size, too.
        found.isSound = found.isSound && (std::isfinite(twice) || geo::isFinite(ring));
        found.area += (number == 0 ? 0.5 : -0.5) * std::abs(twice);
    });
    found.extent = {outer.low[0], outer.low[1], outer.high[0], outer.high[1]};
    return found;
}

} // namespace nunatak::outlines
