// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "outlines/outline_set.h"

#include <string>
#include <vector>

namespace nunatak::project {

/// A glacier that would come into an inventory that has it already.
struct Double {
    outlines::OutlineHandle outline;
    outlines::OutlineHandle on; ///< whose ground it covers
};

/// Takes out of an inventory what came on ground that another of its glaciers has, such as the copy that
/// another program made of an outline; what it was before is put back. An inventory has each glacier once,
/// and Project::take() refuses the whole step for one that is there twice. `came`: UUIDs, of which those that
/// sort last are taken out first, since a copy is called after what it was made of.
std::vector<Double> takeOutDoubles(outlines::OutlineSet& inventory, const outlines::OutlineSet& before,
                                   const std::vector<std::string>& came);

/// "The glaciers g5 (uuid) and g5 (uuid) of alps-3.gpkg are on one ground …": a sentence for each of the
/// first few and one for the rest. `sources`: whose each is; `reference`: the title of the layer that keeps
/// them.
std::vector<std::string> notesOf(const std::vector<Double>& doubles, const std::vector<std::string>& sources,
                                 const std::string& reference);

} // namespace nunatak::project
