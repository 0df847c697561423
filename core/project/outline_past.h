// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "outlines/outline_ref.h"
#include "project/project.h"

#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace nunatak::project {

/// An outline as a step of the history left it.
struct OutlineMoment {
    HistoryStep step;         ///< without an id: it was so before the history
    bool isTakenBack = false; ///< the step is not in effect any more
    outlines::OutlineHandle outline;
    /// Other outlines of the layer that lie near it, or near where it was, as they were then.
    std::vector<outlines::OutlineHandle> beside;
};

/// What an outline was, newest first; the first is what it is now, or was last.
struct OutlinePast {
    std::vector<OutlineMoment> moments;
    std::optional<HistoryStep> removed; ///< that took it away; none: it is there
    std::string gap;                    ///< a sentence on why nothing before is known; empty: it begins there
};

// Both wait until all is saved, which it is not before everybody was told of a step: who is told of one asks
// later.

/// What a glacier was, as far as the history has it, which is read from the project's file by what is
/// returned, on any thread; also of one that is not there any more. Waits until all is saved; throws Error
/// where that does not come, where there never was such an outline, or reading fails.
std::function<OutlinePast()> planPast(const Project& project, const outlines::OutlineRef& outline);

/// An outline that is not there any more.
struct GoneOutline {
    outlines::OutlineHandle outline; ///< as it was last; of what another program removed the UUID alone
    /// That took it away and is in effect; where its coming was taken back, that undo.
    HistoryStep removed;
};

/// The outlines of a layer that are not there any more, those first that went last. Read and thrown as by
/// planPast().
std::function<std::vector<GoneOutline>()> planGone(const Project& project, const std::string& layer);

/// The steps that were taken back and not done again.
std::vector<bool> takenBack(const std::vector<HistoryStep>& history);

} // namespace nunatak::project
