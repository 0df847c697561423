// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "editing/draft.h"
#include "editing/edit.h"
#include "editing/neighbours.h"

namespace nunatak::editing {

/// An outline wider by a distance, or narrower where that is below 0 (units of the coordinates, in the
/// plane); holes the other way round. Corners become round where the line moves away from the ice.
///
/// Wider, Together: neighbours give way; NoOverlap: it stops at their lines; Alone: refused where it would
/// overlap. Narrower, Together and NoOverlap: lines that neighbours share stay, and only the edge that is
/// free retreats; Alone: all of it does, which leaves gaps.
/// `groundMetres`: of a unit of the coordinates there, for the step's name. Throws Refused.
Edit buffer(Draft draft, const outlines::OutlineRef& ref, double distance, Neighbours neighbours,
            double groundMetres = 1);

} // namespace nunatak::editing
