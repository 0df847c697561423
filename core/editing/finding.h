// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "geo/polygon.h"
#include "outlines/outline_ref.h"

#include <string>
#include <vector>

namespace nunatak::editing {

/// What may be wrong with outlines.
enum class Fault {
    SelfCrossing,  ///< two edges of an outline cross, or its line runs over itself
    TouchesItself, ///< a ring meets itself in a point
    HoleOutside,   ///< a hole that is not in its glacier
    NotValid,      ///< else against the rules of Simple Features
    Overlap,       ///< two outlines have ground in common
    Duplicate,     ///< two outlines are of the same ground
    Gap,           ///< two lines that are nearly one: gaps and slivers along a divide
    TooSmall       ///< less than inventories take for a glacier
};
/// "self-crossing", "touches itself", "hole outside", "not valid", "overlap", "duplicate", "gap", "too
/// small".
std::string toString(Fault kind);

/// Something wrong with one outline, or between two, at one place.
struct Finding {
    Fault kind = Fault::NotValid;
    std::vector<outlines::OutlineRef> outlines;
    geo::Point place;     ///< of it, in units of the project CRS
    geo::Extent extent;   ///< around all of it
    double size = 0;      ///< m² on the ground; of a gap m: how far the lines are apart at most; 0: a place
    std::string sentence; ///< for who reads it
};

} // namespace nunatak::editing
