// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "project/join.h"
#include "project/join_source.h"

#include <map>
#include <set>
#include <string>
#include <vector>

namespace nunatak::project {

/// One layer of two projects: as it was when both were the same, and as it is.
struct LayerSides {
    std::string source; ///< the other project's name
    std::string layer;  ///< here
    bool isInventory = false;
    const outlines::OutlineSet& wasHere;
    const outlines::OutlineSet& here;
    const outlines::OutlineSet& wasThere;
    const outlines::OutlineSet& there;
    /// Outlines that another program changed since, of which it is not known what they were: UUIDs.
    std::set<std::string> unknownHere{};
    std::set<std::string> unknownThere{};
};

/// What the other one's work means for it.
struct JoinedLayer {
    /// What is taken without a question, by UUID; null: it goes.
    std::map<std::string, outlines::OutlineHandle> taken;
    std::vector<JoinConflict> conflicts;
    /// What taking theirs makes of the conflict's own glacier; beside `along`.
    std::map<std::string, outlines::OutlineHandle> ofThere;
    /// What was taken of theirs beside what is disputed, by UUID.
    std::map<std::string, outlines::OutlineHandle> ofHere;
    int both = 0; ///< glaciers that both changed, and it went together
};

JoinedLayer joinedLayer(const LayerSides& sides);

} // namespace nunatak::project
