// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "editing/overlay.h"
#include "editing/overlay_rings.h"
#include "geo/polygon.h"

#include <vector>

// Rings put together to an outline.
namespace nunatak::editing {

/// A ring of what comes, walked or left as it was.
struct RingOfShape {
    WalkedRing walked;
    const geo::Ring* untouched = nullptr; ///< null: walked
    const geo::Ring& ring() const { return untouched != nullptr ? *untouched : walked.points; }
};

/// Each hole in the smallest shell that it lies in, parts and holes in the order in which the outline had
/// them: a part goes on as the largest that comes of it, what else comes stands behind. The edges that go are
/// not said.
Overlaid shapeOf(std::vector<RingOfShape> shells, std::vector<RingOfShape> holes);

/// A place on a ring that is no vertex, where other rings may touch it.
geo::Point placeOn(const geo::Ring& ring);

} // namespace nunatak::editing
