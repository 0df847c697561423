// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "geo/polygon.h"

#include <cstddef>
#include <span>

// Segments in the plane. What is answered yes or no is exact for the coordinates as they are; measures are
// rounded as doubles are.
namespace nunatak::geo {

/// The side of the line from a to b on which c lies: 1 left, -1 right, 0 on it. Exact (as Shewchuk 1997: by
/// doubles where their error bound decides, else by expansions); coordinates must be finite and their
/// products neither over- nor underflow.
int side(Point a, Point b, Point c);

enum class Meeting {
    None,
    Touch,  ///< in one point that is an end of at least one of both
    Cross,  ///< in one point that is inside of both
    Overlap ///< along a stretch
};
/// How two segments meet; either may be a single point.
Meeting meet(Point a, Point b, Point c, Point d);

/// True when the point lies on the segment, ends included. Exact.
bool isOn(Point point, Point a, Point b);

/// True when the segments from `corner` to both others lie on one another along a stretch.
bool foldsBack(Point one, Point corner, Point other);

/// Where on the segment the point nearest to `point` lies: 0 at a, 1 at b.
double along(Point point, Point a, Point b);
Point pointAlong(Point a, Point b, double share);
double distance(Point a, Point b);
double distanceToSegment(Point point, Point a, Point b);
/// Of all its segments, in units of the coordinates.
double lineLength(std::span<const Point> line);
/// The same with the way back to the first vertex.
double ringLength(std::span<const Point> ring);

/// The place on a ring that is nearest to a point.
struct RingPlace {
    std::size_t edge = 0; ///< from vertex `edge` to the next
    double share = 0;     ///< along that edge, 0..1
    Point point;
    double distance = 0; ///< infinite where the ring has no vertex
};
RingPlace nearestOnRing(const Ring& ring, Point point);

} // namespace nunatak::geo
