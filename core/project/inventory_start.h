// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "project/steps.h"

#include <string>
#include <vector>

namespace nunatak::project {

/// Gives a new inventory the epoch of these glaciers and a title, where it has none.
void describe(outlines::LayerInfo& inventory, const std::vector<outlines::OutlineHandle>& outlines);

/// The step that starts an inventory from a reference's outlines, from those of an inventory of another
/// epoch, or without any. The layer's epoch and title are found where they are empty.
LayerStep startedInventory(outlines::LayerInfo layer, const outlines::LayerInfo* source,
                           const std::vector<outlines::OutlineHandle>& from);

} // namespace nunatak::project
