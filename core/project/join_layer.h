// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "project/join.h"
#include "project/join_source.h"
#include "project/outline_events.h"

#include <functional>
#include <map>
#include <set>
#include <string>
#include <vector>

namespace nunatak::project {

/// What one of two knew of the other's layer.
struct KnownLayer {
    outlines::OutlineSet outlines;
    /// Outlines that another program changed since, of which it is not known what they were: UUIDs.
    std::set<std::string> unknown{};
};

/// One layer of two projects: as it was when both were the same, or one knew the other's, and as it is.
struct LayerSides {
    std::string source; ///< the other project's name
    std::string layer;  ///< here
    bool isInventory = false;
    const outlines::OutlineSet& here;
    const outlines::OutlineSet& there;
    /// What was there when `here` knew all of it last, and what was here when that was known there. Both are
    /// the same but where each was merged into the other one, and neither knows the other one's merge.
    KnownLayer seen;
    KnownLayer shown;
    /// What was there, of which the other one has taken away what it does not have any more: UUIDs.
    std::set<std::string> was{};
    /// Whether all that was done there to the outline of that UUID is known here by way of others; and what
    /// was done here is known there. Asked where both changed it.
    std::function<bool(const std::string& uuid)> isKnownHere{};
    std::function<bool(const std::string& uuid)> isKnownThere{};
    std::string layerThere{}; ///< its name there
    /// The steps that its outlines derive from, which say more than all of the above. Null: not known.
    const OutlineEvents* events = nullptr;
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
