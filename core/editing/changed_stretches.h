// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "geo/polygon.h"

#include <vector>

namespace nunatak::editing {

/// A part of a ring, with the vertices that stay at both of its ends, or all of one.
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

/// Compares ring by ring as they are numbered, in one walk along the vertices: exact where vertices moved,
/// else from the first to the last one that is another.
ChangedStretches changedStretches(const geo::MultiPolygon& before, const geo::MultiPolygon& after);

} // namespace nunatak::editing
