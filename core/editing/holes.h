// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "editing/draft.h"
#include "editing/edit.h"
#include "editing/neighbours.h"
#include "geo/polygon.h"

namespace nunatak::editing {

struct HoleCut {
    Edit edit;
    bool isHole = true; ///< false: the ring met the outline's line, and what lies within it was taken off
};

/// What lies within a ring drawn over an outline is rock: a nunatak where the ring lies within it, else a
/// piece that is taken off; the edit's description says which. Holes that the ring meets or surrounds become
/// one with it. Neighbours as layRegion() has it. Throws Refused.
HoleCut cutHole(Draft draft, const outlines::OutlineRef& ref, const geo::Ring& ring,
                Neighbours neighbours = Neighbours::Together);

/// The hole at a place is ice, with the outline's own parts that lie in it. Where other outlines lie in it:
/// Together they give way, which is refused where nothing would be left of one; NoOverlap it is filled around
/// them; Alone it is refused. Throws Refused where there is no hole.
Edit fillHole(Draft draft, const outlines::OutlineRef& ref, geo::Point place,
              Neighbours neighbours = Neighbours::Together);

} // namespace nunatak::editing
