// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "editing/redraw_plan.h"
#include "editing/ring_splice.h"
#include "geo/edge_index.h"
#include "geo/polygon.h"

#include <set>
#include <utility>
#include <vector>

// What becomes of the other rings of an outline when one of its lines is drawn anew.
namespace nunatak::editing {

/// Rings that a line passes over without meeting them.
struct LeftBehind {
    std::set<std::pair<int, int>> holes;        ///< part, ring; that lie in no ice any more
    std::vector<std::pair<int, int>> swallowed; ///< part that grows around another part
    bool empty() const { return holes.empty() && swallowed.empty(); }
};
LeftBehind leftBehind(const geo::MultiPolygon& shape, const geo::EdgeIndex& index,
                      const std::vector<Excursion>& excursions);

/// Takes them out; a swallowed part leaves its holes to the other. The splices are of the shape without them
/// then.
void removeLeftBehind(const LeftBehind& left, geo::MultiPolygon& shape, std::vector<RingSplice>& splices);

/// Vertices for the places of these meetings.
std::vector<RingSplice> verticesAt(std::vector<StrokeMeeting> meetings);

/// The same shape with its parts, holes and vertices in the order of another one, as far as they are of it:
/// changes are looked for ring by ring, vertex by vertex.
geo::MultiPolygon inOrderOf(const geo::MultiPolygon& before, geo::MultiPolygon shape);

/// The shape whose ring lies across others: holes that it crosses are opened, parts joined. All of them have
/// vertices where they cross. Throws Refused.
geo::MultiPolygon withRingAcrossOthers(geo::MultiPolygon drawn, int part, int ring);

/// The shape after an excursion that crosses other rings: holes that it crosses are opened, parts joined.
/// What stays of the lines stays bit by bit and in its order. Throws Refused.
geo::MultiPolygon withCrossedRings(const geo::MultiPolygon& shape, const std::vector<Excursion>& excursions);

} // namespace nunatak::editing
