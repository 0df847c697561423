// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "geo/polygon.h"

#include <vector>

namespace nunatak::editing {

/// Edges of a ring one after the other, or all of one.
struct Stretch {
    geo::Ring points;
    bool isClosed = false; ///< the whole ring
    bool operator==(const Stretch&) const = default;
};

/// What of an outline is another line than before.
struct ChangedStretches {
    std::vector<Stretch> replaced; ///< as it was
    std::vector<Stretch> drawn;    ///< as it is now
};

/// Compares edges, whichever way they run and whatever their ring's number is. A walk along the vertices, and
/// what differs between rings of the same number is looked up.
ChangedStretches changedStretches(const geo::MultiPolygon& before, const geo::MultiPolygon& after);

} // namespace nunatak::editing
