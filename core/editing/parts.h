// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "editing/draft.h"
#include "editing/edit.h"
#include "editing/neighbours.h"

#include <functional>
#include <string>
#include <vector>

// Parts of outlines that change hands. Outlines are collected as parts of one by merge().
namespace nunatak::editing {

/// A part given to another outline of the same layer, with its holes; where both share a line it vanishes.
/// Throws Error where there is no such part, and Refused where it is all there is.
Edit movePart(Draft draft, const outlines::OutlineRef& from, int part, const outlines::OutlineRef& to);

/// Its ground added to another outline, of any layer; that part stays. Neighbours as layRegion() has it.
Edit copyPart(Draft draft, const outlines::OutlineRef& from, int part, const outlines::OutlineRef& to,
              Neighbours neighbours = Neighbours::NoOverlap);

struct Exploded {
    Edit edit;
    std::vector<outlines::OutlineRef> pieces; ///< the largest, which keeps the UUID, first
};
/// Each part an outline of its own: the largest goes on as it, the others are new ones with its attributes
/// but for ids that name one outline alone (outlines::ownIds()); none is accepted or doubtful any more.
/// Throws Refused where it has one part only.
Exploded explode(Draft draft, const outlines::OutlineRef& ref);

/// A part as an outline of its own, with attributes as explode() has them; neither is accepted or doubtful
/// any more. The rest, which keeps the UUID, is the first piece. Throws as movePart() does.
Exploded detachPart(Draft draft, const outlines::OutlineRef& ref, int part);

/// Without a part and its holes; neighbours stay as they are. Throws as movePart() does.
Edit removePart(Draft draft, const outlines::OutlineRef& ref, int part);

/// Where a step makes several outlines of one that has an id of a single outline: who of them keeps it, as a
/// sentence ("RGI60-15.03733 stays with the largest."). Empty: there is nothing to tell.
std::string keptIds(const Edit& edit, const std::string& by);

/// The outline as these pieces, the first of which goes on as it, in the draft; what split(), explode() and
/// divideOutlines() do. `describe` may give the piece of this number another name and attributes.
std::vector<outlines::OutlineRef>
putPieces(Draft& draft, const outlines::OutlineRef& ref, std::vector<geo::MultiPolygon> pieces,
          std::vector<Reshape> beside = {},
          const std::function<void(std::size_t piece, outlines::Outline&)>& describe = {});

} // namespace nunatak::editing
