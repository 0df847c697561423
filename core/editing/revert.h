// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "editing/draft.h"
#include "editing/neighbours.h"

#include <string>
#include <vector>

namespace nunatak::editing {

/// What comes back of an outline.
enum class Reverted {
    Line,       ///< its shape, the picture and model that it is of, whose it is, and the verdict on it
    Attributes, ///< its name and attributes
    Both
};

/// An outline as it was.
struct Then {
    outlines::OutlineHandle outline;
    std::vector<outlines::OutlineHandle> beside; ///< others of the layer at that time
    std::string when;                            ///< for the description: "2026-11-30 10:12 UTC"
};

/// An outline as it was earlier, bit by bit where it has the ground; everything else stays as it is. What its
/// line means for others:
///
/// Together: ground that it gets back others give up, and ground that it gives up goes back to those that had
/// it then; where nobody had it, it is nobody's. NoOverlap: others stay, it ends at their lines. Alone:
/// others stay, and where they have its ground by now it is refused.
///
/// A verdict that was given on that line is there again; one that was given since is outdated. Throws Refused
/// as layRegion() does, and Error where the outline is not there.
Edit revertOutline(Draft draft, const outlines::OutlineRef& ref, const Then& then, Reverted what,
                   Neighbours neighbours);

} // namespace nunatak::editing
