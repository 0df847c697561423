// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "editing/draft.h"
#include "editing/edit.h"
#include "editing/neighbours.h"
#include "geo/polygon.h"

#include <string>

namespace nunatak::editing {

/// A new outline within a ring drawn by hand, in the coordinates of the layer. Where others are, Together:
/// they give way; NoOverlap: it ends at their lines, which it shares bit by bit; Alone: it is refused. `like`
/// says what else is known of it (a date, a scene); its geometry and UUID do not count. Throws Refused.
Edit newGlacier(Draft draft, const std::string& layer, const geo::Ring& ring, const outlines::Outline& like,
                Neighbours neighbours = Neighbours::NoOverlap);

/// A line drawn from the edge of one glacier to that of another, or of the same one, closed along the edges
/// of those between: over lines that two share to the next one's, the way around that encloses less. An end
/// within `reach` of an edge (units of the coordinates) is on it. Throws Unfinished where an end is at no
/// edge or no edge leads from one to the other.
geo::Ring closedAlongOthers(const Draft& draft, const std::string& layer, geo::Ring line, double reach);

} // namespace nunatak::editing
