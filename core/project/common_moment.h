// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "project/history_step.h"
#include "project/part_origin.h"

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace nunatak::project {

/// What a history says of how a project came to be, to be compared with another one's.
struct Lineage {
    std::string file; ///< without its folder
    std::vector<HistoryStep> history;
    std::vector<MergedStep> merged;  ///< without the outlines
    std::vector<PartOrigin> origins; ///< what it is a part of, and what that was a part of; nearest first
    /// What each step changed, as one number; read when it is asked for first.
    std::function<const std::map<std::int64_t, std::int64_t>&()> contents;
};

/// The beginnings of a part, and of what it is a part of, as its history says them; nearest first.
std::vector<PartOrigin> originsOf(const std::vector<HistoryStep>& history,
                                  const std::optional<PartOrigin>& origin);

/// Steps of two histories after which one knew all of the other, or both were the same.
struct CommonMoment {
    enum class Kind {
        Copy,        ///< both were the same
        PartThere,   ///< there is a part of what was here
        PartHere,    ///< here is a part of what was there
        PartsOfOne,  ///< of a third one; what one has the other one never had
        MergedHere,  ///< what was there came by a merge: what it was then, `here` knew and decided on
        MergedThere, ///< what was here came there by a merge
    };
    std::int64_t here = 0;
    std::int64_t there = 0;
    Kind kind = Kind::Copy;
    /// Of what came by a merge: another program was at it, and went on since. The step is the one before that
    /// program's, of which the history says but how it is now; who merged it knows what it was then.
    bool hasGoneOn = false;
};

struct CommonMoments {
    /// The last one after which `here` knew all that there was; none: it never did.
    std::optional<CommonMoment> seen;
    /// The last one after which the other one knew all that was here, where that was not before `seen`. Both
    /// are there where each was merged into the other one, and neither knows the other one's merge.
    std::optional<CommonMoment> shown;
    /// The last step of the other one that `here` knew in any way; 0: none.
    std::int64_t lastKnown = 0;
    std::vector<CommonMoment> all; ///< also those of before
};

/// By the steps that both histories have.
CommonMoments commonMoments(const Lineage& here, const Lineage& there);

} // namespace nunatak::project
