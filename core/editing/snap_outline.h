// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "editing/snapped_lines.h"
#include "geo/box_tree.h"

#include <cstddef>
#include <functional>
#include <vector>

namespace nunatak::editing {

/// What holds where lines are brought together.
struct SnapRules {
    double tolerance = 0;
    /// Whether two outlines are brought together.
    std::function<bool(std::size_t, std::size_t)> joins;
    /// Whether a vertex in this place stays, and lines there take in nothing that is not on them.
    std::function<bool(geo::Point)> stays;
    /// Whether a vertex in this place moved before and does so no more.
    std::function<bool(geo::Point)> hasMoved;
    /// Whether a place is within the tolerance of an outline's line as it was at first.
    std::function<bool(std::size_t, geo::Point)> isWithin;
};

/// A place where a line came to another's.
struct SnapMeeting {
    std::size_t outline = 0; ///< whose line changed
    std::size_t other = 0;   ///< to whose line it came
    geo::Point from, to;
};

/// Brings one outline to all that are done, and makes it one of them: its vertices go to theirs, or onto
/// their lines, which get a vertex there; then its edges take in what of their vertices lies beside them. A
/// vertex goes only where it gets without crossing a line, so the far side of a narrow glacier stays. What
/// lies on another's line already becomes a vertex of it, wherever that is. Costs what lies near the
/// outline's line.
void snapOutline(SnappedLines& lines, std::size_t outline, const SnapRules& rules,
                 std::vector<SnapMeeting>& meetings);

} // namespace nunatak::editing
