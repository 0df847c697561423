// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "editing/draft.h"
#include "editing/gate.h"
#include "editing/line_nodes.h"
#include "editing/neighbours.h"
#include "geo/polygon.h"

#include <span>
#include <vector>

// Ground within a region, added to an outline or taken off it: what the brush, holes, new glaciers, buffers
// and parts that change hands have in common.
namespace nunatak::editing {

enum class Ground {
    Add,   ///< the region is the outline's
    Remove ///< none of the region is
};

/// What is added is there already, or what is removed is not.
class NothingChanges : public Refused {
public:
    using Refused::Refused;
};

/// What is added, others have, who keep it (Neighbours::NoOverlap).
class GroundIsTaken : public NothingChanges {
public:
    using NothingChanges::NothingChanges;
};

/// Does it in the draft, and to those beside as `neighbours` says:
///
/// Together: what is added others give up; what is removed is nobody's. NoOverlap: others stay, what is added
/// ends at their lines and follows them vertex by vertex, without what lies beyond. Alone: only this outline
/// changes. But for Alone others get a vertex where the new line ends at one that they share. Holes and parts
/// come, go, join and part as the region says.
///
/// Costs the region and the lines that it meets, and the copy of each outline that changes. The region is in
/// the layer's coordinates and valid. Throws Refused as Draft::reshape() does
/// and where nothing would be left of an outline, and NothingChanges.
void layRegion(Draft& draft, const outlines::OutlineRef& ref, const geo::MultiPolygon& region, Ground ground,
               Neighbours neighbours);

/// A ring drawn by hand as a region. Throws Refused where it has no area or crosses itself.
geo::MultiPolygon regionWithin(geo::Ring ring);

/// Vertices for these places of one outline, those alone that `points` has.
std::vector<RingSplice> verticesFor(std::span<const LineNode> nodes, const std::vector<geo::Point>& points);

} // namespace nunatak::editing
