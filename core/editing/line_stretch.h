// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "geo/polygon.h"

namespace nunatak::editing {

/// A place on a line of an outline.
struct LinePlace {
    geo::VertexId edge; ///< named by the vertex it begins at
    double along = 0;   ///< 0..<1; 0: at its vertex
    geo::Point point;
};
LinePlace linePlace(const geo::MultiPolygon& shape, geo::VertexId edge, geo::Point point);

/// The line of a ring from one of its places to another, both with it, in the ring's direction; from a place
/// to itself all of it.
geo::Ring stretchBetween(const geo::MultiPolygon& shape, const LinePlace& from, const LinePlace& to);
/// Whichever way it is shorter.
geo::Ring shorterStretch(const geo::MultiPolygon& shape, const LinePlace& from, const LinePlace& to);

} // namespace nunatak::editing
