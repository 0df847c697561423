// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "editing/draft.h"
#include "editing/edit.h"
#include "editing/neighbours.h"
#include "editing/redraw_plan.h"

#include <string>
#include <vector>

namespace nunatak::editing {

struct Redrawn {
    Edit edit;
    std::vector<geo::Ring> unused; ///< stretches of the stroke that change nothing
};

/// The line of an outline as a stroke in the coordinates of its layer says that it runs, from boundary to
/// boundary, as planRedraw() reads it. Where it begins and ends on the line, a vertex comes that is the same
/// bit by bit. What the line leaves behind goes with it: a hole in the piece that is cut off, a part that the
/// outline grows around, with its holes kept. Where the stroke crosses other lines of the outline it opens
/// holes and joins parts.
/// What that means for outlines beside it says reshape(). Of a line that neighbours share and that crosses
/// holes they get what is ice beyond it: their line leads around the holes (redraw_openings.h).
/// Costs the stroke and what it meets, and the copy of the outline; where it crosses other lines, the
/// outline. Throws Unfinished, Refused, and Error where there is no such outline.
Redrawn redraw(Draft draft, const outlines::OutlineRef& ref, const Stroke& stroke,
               Neighbours neighbours = Neighbours::Together);

/// The same of a plan; `what` is done, such as "Redraw ".
Redrawn redraw(Draft draft, const outlines::OutlineRef& ref, RedrawPlan plan, Neighbours neighbours,
               const std::string& what);

} // namespace nunatak::editing
