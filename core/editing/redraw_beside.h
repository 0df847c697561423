// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "editing/draft.h"
#include "editing/gate.h"
#include "editing/redraw_plan.h"
#include "outlines/outline_ref.h"

#include <functional>
#include <vector>

// A line that is drawn anew and stops at the lines of neighbours.
namespace nunatak::editing {

/// The outline's shape with these lines.
using DrawnBy = std::function<geo::MultiPolygon(const std::vector<Excursion>& lines)>;

/// Lines drawn anew in the draft: what would enter others ends at their lines, and follows them vertex by
/// vertex; nothing stays beyond them. `why` it does not go without. Throws Refused where that leaves
/// everything as it is, and as Draft::reshape().
void reshapeUpToOthers(Draft& draft, const outlines::OutlineRef& ref, std::vector<Excursion> lines,
                       const Refused& why, const DrawnBy& drawnBy);

} // namespace nunatak::editing
