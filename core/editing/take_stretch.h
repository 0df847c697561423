// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "editing/draft.h"
#include "editing/edit.h"
#include "editing/neighbours.h"
#include "geo/polygon.h"

#include <string>

namespace nunatak::editing {

/// Which stretch of which line is meant.
struct StretchRequest {
    outlines::OutlineRef from; ///< an outline of any layer; it stays as it is
    geo::VertexId edge;        ///< of it, where the hand is
    geo::Point place;          ///< on that edge
    double tolerance = 0;      ///< lines that come so near to each other meet (units of the coordinates)
    std::string title;         ///< what the step's description calls where it is from
};

/// A stretch of another outline's line as the line of this one: from where both meet on one side of the
/// place to where they do on the other, crossing, touching, or coming within the tolerance; if that is
/// another line of this outline (that of a hole, or of another part), on to where it comes back, if not far.
/// Its vertices are the other's bit by bit, and the ice lies on the side of it on which the other has it.
/// Where the lines run within the tolerance at the place itself, the nearest stretch is meant that does not.
/// What it means for outlines beside it is as in redraw(). Costs the stretch and what it meets.
/// Throws Unfinished where there is nothing to take (the lines are one there, or meet nowhere), Refused, and
/// Error where there is no such outline.
Edit takeStretch(Draft draft, const outlines::OutlineRef& ref, const StretchRequest& request,
                 Neighbours neighbours = Neighbours::Together);

} // namespace nunatak::editing
