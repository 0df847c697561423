// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "editing/draft.h"
#include "editing/redraw_plan.h"
#include "outlines/outline_ref.h"

#include <vector>

// A line that is drawn anew and stops at the lines of neighbours.
namespace nunatak::editing {

/// Makes vertices of the places where the lines cross those of an outline. What that is for the outline.
std::vector<RingSplice> shareCrossings(const Draft& draft, const outlines::OutlineHandle& outline,
                                       std::vector<Excursion>& excursions);

/// The outline as drawn without the ground of others; nothing stays beyond them. Throws Refused.
geo::MultiPolygon withoutGroundOf(const std::vector<outlines::OutlineHandle>& others,
                                  const geo::MultiPolygon& drawn, const geo::MultiPolygon& before);

} // namespace nunatak::editing
