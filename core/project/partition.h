// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "outlines/outline.h"

#include <cstddef>
#include <vector>

namespace nunatak::project {

/// Glaciers that share a line, and for how long.
struct SharedLine {
    std::size_t one = 0; ///< places in the list
    std::size_t other = 0;
    int length = 0; ///< squares of 10 m along it
};
/// Lines that lie within about 10 m of each other count as shared: those of an import are seldom equal.
std::vector<SharedLine> sharedLines(const std::vector<outlines::OutlineHandle>& outlines);

/// For each outline the number of its part, from 0. The parts are compact and have as many glaciers each, but
/// for a twentieth, by which a cut moves to where it goes through the fewest shared lines. There are no more
/// parts than outlines.
std::vector<int> partition(const std::vector<outlines::OutlineHandle>& outlines,
                           const std::vector<SharedLine>& lines, int parts);

} // namespace nunatak::project
