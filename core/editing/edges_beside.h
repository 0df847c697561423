// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "editing/boundary_chains.h"
#include "editing/line_changes.h"

#include <vector>

namespace nunatak::editing {

/// Edges of these rings that are none of a line, an end of which moves with one or is led to a landing: what
/// lies on them stays on them.
std::vector<BesideEdge> edgesBeside(const std::vector<Sharer>& sharers, const LineChanges& lines);

} // namespace nunatak::editing
