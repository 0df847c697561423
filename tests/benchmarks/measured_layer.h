// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "geo/crs.h"
#include "outlines/outline.h"

#include <optional>
#include <string>
#include <vector>

namespace nunatak::tests {

/// The outlines of a file; without one a layer that is made up: an outline of 100,000 vertices that shares
/// its line with eight neighbours. Says on the console which. Throws Error.
std::vector<outlines::Outline> measuredLayer(const std::optional<std::string>& file, const geo::Crs& crs);

/// What is edited of a layer: its outline with most vertices.
struct Edited {
    outlines::OutlineHandle outline;
    std::vector<int> shared; ///< vertices of the outer ring that others have, too
    std::vector<int> free;   ///< the rest
    std::vector<int> run;    ///< the longest run of shared ones
};
Edited editedOf(const std::vector<outlines::OutlineHandle>& layer);

/// Beside the vertex, to the left of the edge that begins there: a line through these crosses the old one as
/// little as that crosses itself.
geo::Point beside(const geo::Ring& ring, int vertex, double share = 0.05);

/// A line along these vertices that begins and ends on the other side of the outline's.
geo::Ring strokeAlong(const geo::Ring& ring, const std::vector<int>& vertices);

} // namespace nunatak::tests
