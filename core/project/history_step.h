// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "outlines/outline_ref.h"

#include <cstdint>
#include <string>
#include <vector>

namespace nunatak::project {

/// One step of the history, as a panel lists it.
struct HistoryStep {
    std::int64_t id = 0;
    std::string time;        ///< ISO 8601, UTC
    std::string description; ///< such as "Move vertex of Khumbu Glacier"
    std::int64_t undoes = 0; ///< the step this one takes back, 0: none
    std::string tool{};      ///< what made it (see step_tools.h, or a tool's id); empty: unknown
    std::string analyst{};   ///< who; empty: unknown
    std::string picture{};   ///< id of the scene that was looked at; empty: none
};

/// A step of another project's history that came with a merge.
struct MergedStep {
    std::int64_t step = 0;    ///< of this project's history: the merge
    std::string source;       ///< the other project, as people call it
    HistoryStep what;         ///< as it has it
    std::int64_t content = 0; ///< what it changed (database/store.h, withChange()); 0: unknown
    std::vector<outlines::OutlineRef> outlines{}; ///< that it changed
};

} // namespace nunatak::project
