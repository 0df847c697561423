// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "editing/draft.h"
#include "editing/line_changes.h"
#include "geo/polygon.h"
#include "outlines/outline.h"
#include "outlines/outline_ref.h"

#include <cstddef>
#include <vector>

// Whose a line is. There are no edge tables: what is equal bit by bit is shared, by outlines of one layer and
// by rings of one outline. Nearly equal is not shared.
namespace nunatak::editing {

/// So near to an edge a point lies on it, in units of the project CRS: what rounding of coordinates of some
/// millions of metres can do, and no more.
constexpr double onLine = 1e-6;

/// A vertex of an outline.
struct Owner {
    outlines::OutlineRef ref;
    geo::VertexId vertex;
    bool operator==(const Owner&) const = default;
};
/// All vertices of a layer's outlines in exactly this place. Outlines that are no glaciers own nothing.
std::vector<Owner> ownersOf(const Draft& draft, const std::string& layer, geo::Point point);

/// A place of a ring that is a point of a line which changes.
struct SharedPoint {
    std::size_t vertex = 0; ///< of the ring; with a share the one that the edge begins at
    double share = 0;       ///< 0: the vertex itself; else a point on the edge
    geo::Point point;
    std::vector<std::size_t> numbers; ///< of the point in LineChanges
    bool isVertex() const { return share == 0; }
};

/// A ring that has points of these lines, in its order.
struct SharedRing {
    outlines::OutlineRef ref;
    outlines::OutlineHandle outline;
    int part = 0;
    int ring = 0;
    std::vector<SharedPoint> points;
    const geo::Ring& vertices() const { return geo::ringOf(outline->geometry, part, ring); }
};

/// All rings that share points with the lines of the outline `ref`, beside those that are spliced. What of
/// others lies on the lines becomes a vertex of them. Costs what the indices find near the lines.
std::vector<SharedRing> sharedRings(const Draft& draft, const outlines::OutlineRef& ref, LineChanges& lines);

} // namespace nunatak::editing
