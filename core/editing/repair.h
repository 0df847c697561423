// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/progress.h"
#include "editing/draft.h"
#include "editing/edit.h"
#include "editing/finding.h"
#include "geo/crs.h"

#include <span>
#include <string>
#include <utility>
#include <vector>

namespace nunatak::editing {

/// Whether there is one way to put such a thing right. Of two outlines of the same ground, and of one that is
/// too small, somebody has to say what they are.
bool canBeRepaired(Fault kind);

/// What came of repairing.
struct Repaired {
    Edit edit;                                            ///< all that could be, as one step
    std::vector<std::pair<Finding, std::string>> refused; ///< what could not be, and why
};

/// Puts right what was found: of two outlines that overlap the smaller one gives up what both have, and its
/// line becomes the larger one's; nearly equal lines are brought together (snap.h) within the tolerance; a
/// line that crosses or touches itself is read by the even-odd rule, which keeps all of its lobes; a hole
/// outside goes. Each through the gate, by itself; what was put right by another one already is nothing.
/// Throws Cancelled.
Repaired repair(Draft draft, std::span<const Finding> findings, const geo::Crs& crs, double tolerance,
                const Progress& progress = {});

} // namespace nunatak::editing
