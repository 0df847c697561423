// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "outlines/outline_set.h"

#include <functional>
#include <string>
#include <vector>

namespace nunatak::ui::layers {

/// The outline that comes `step` places after `uuid` when all are ordered by area in the map plane, the
/// largest first; round and round. From none of them a step forwards leads to the largest, one backwards to
/// the smallest. Null when there are none.
outlines::OutlineSet::Handle neighbourByArea(const std::vector<outlines::OutlineSet::Handle>& outlines,
                                             const std::string& uuid, int step);

/// The first one after `uuid` in that order, or before it with a `step` of -1, that is wanted, round and
/// round; `uuid` itself last. Null when none is.
outlines::OutlineSet::Handle
nextByArea(const std::vector<outlines::OutlineSet::Handle>& outlines, const std::string& uuid,
           const std::function<bool(const outlines::OutlineSet::Handle&)>& isWanted, int step = 1);

} // namespace nunatak::ui::layers
