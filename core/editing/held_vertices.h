// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "editing/layer_lines.h"
#include "editing/shared_chains.h"

#include <vector>

namespace nunatak::editing {

/// Of each chain's points those where lines are wrong already, as files have them: ends of edges that cross
/// another edge, and what lies within another outline of the layer. While these stay, what two outlines have
/// in common stays the same whatever vertex beside them goes. `mayOverlap`: outlines may lie over one
/// another.
std::vector<std::vector<bool>> heldVertices(const SharedChains& chains, const LayerLines& lines,
                                            bool mayOverlap);

} // namespace nunatak::editing
