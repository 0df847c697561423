// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "editing/draft.h"
#include "editing/edit.h"
#include "geo/paths.h"

#include <string>

// Lines and points of side layers (geo/paths.h): drawn, lengthened, and kept from what is done with areas.
// Their vertices are moved, inserted and removed as those of outlines are.
namespace nunatak::editing {

/// Throws Refused where lines or points are not as they must be (geo::isSoundPath()).
void throwUnlessSoundPath(const geo::MultiPolygon& shape);

/// The outline; throws Refused for a line or a point, and Error as Draft::require().
outlines::OutlineHandle requireArea(const Draft& draft, const outlines::OutlineRef& ref);

/// A new line, or a point where `line` is one. `like` says what else is known of it; its geometry and UUID do
/// not count. Throws Refused.
Edit newPath(Draft draft, const std::string& layer, const geo::Ring& line, const outlines::Outline& like);

/// A line that goes on from one of its ends: `line` begins there. Throws Refused where it does not.
Edit lengthenedPath(Draft draft, const outlines::OutlineRef& ref, const geo::Ring& line);

} // namespace nunatak::editing
