// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "outlines/edit.h"

namespace nunatak::review {

/// How far the review of a layer has come. Kept by what changes: nobody counts a layer again.
struct ReviewCount {
    int accepted = 0;
    int doubtful = 0;
    int removed = 0;  ///< found to be no glaciers
    int outlines = 0; ///< all there are
    int outdated = 0; ///< of the reviewed: changed since
    int reviewed() const { return accepted + doubtful + removed; }
    /// What was before counts no longer, what comes after does.
    void note(const outlines::OutlineChange& change);
    bool operator==(const ReviewCount&) const = default;
};

} // namespace nunatak::review
