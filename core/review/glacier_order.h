// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "outlines/outline.h"

#include <string>
#include <vector>

namespace nunatak::review {

/// A glacier with what its place depends on when a layer is gone through.
struct Placed {
    outlines::OutlineHandle outline;
    double area = 0; ///< m², in the map plane
};

/// With its area.
Placed placed(outlines::OutlineHandle outline);
/// The larger comes first; of two alike the order is the same each time.
bool comesBefore(const Placed& one, const Placed& other);

/// The outline that comes `step` places after `uuid` when all are in that order, round and round. From none
/// of them a step forwards leads to the largest, one backwards to the smallest. Null when there are none.
outlines::OutlineHandle neighbourByArea(const std::vector<outlines::OutlineHandle>& outlines,
                                        const std::string& uuid, int step);

} // namespace nunatak::review
