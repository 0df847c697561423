// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "outlines/outline_set.h"

#include <map>
#include <string>
#include <vector>

// What becomes of a reference's outlines that come into an inventory.
namespace nunatak::outlines {

/// A reference's outline as it comes into an inventory: same UUID, nobody has changed it. What an expert
/// found when looking at it stays found.
Outline asOfInventory(const Outline& outline, LayerKind source);

/// The outline that comes, as the glacier that is there already: with its UUID, name and attributes.
Outline inPlaceOf(const Outline& there, const Outline& coming);

/// Which outline of the inventory each of those that come stands for, by the latter's UUID: that of the same
/// UUID, else one that shares most of its ground with it; each stands for one at most.
std::map<std::string, OutlineHandle> identities(const OutlineSet& inventory,
                                                const std::vector<OutlineHandle>& incoming);

} // namespace nunatak::outlines
