// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "editing/changed_edges.h"
#include "editing/overlapping_lines.h"

namespace nunatak::editing {

/// By how much the ground that an outline has in common with another becomes more (units²; below 0: less)
/// when its line changes. Costs the edges that go and come, and for each of them what of the other lies on
/// its width from the change northwards; neither outline as a whole, unless a ring was turned inside out.
double commonGroundGained(const Indexed& before, const Indexed& after, const ChangedEdges& changed,
                          const Indexed& other);

/// What rounding of coordinates (boundaries.h: onLine) can make of it.
double roundingOfGround(const Indexed& before, const Indexed& after, const ChangedEdges& changed);

} // namespace nunatak::editing
