// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "editing/overlapping_lines.h"
#include "geo/polygon.h"

#include <span>
#include <vector>

// Where lines that are laid over outlines meet theirs: the places become vertices of both, bit by bit.
namespace nunatak::editing {

/// A line laid over outlines: a ring of a region, which lies to its left, or an open line.
struct LaidLine {
    geo::Ring points;
    bool isClosed = false;
};

/// The rings of a region, each with the region to its left.
std::vector<LaidLine> laidRings(const geo::MultiPolygon& region);

/// A place of an outline's line that is a vertex of a laid one.
struct LineNode {
    geo::VertexId edge; ///< named by the vertex it begins at
    double along = 0;   ///< along that edge, 0..<1; 0: at its vertex
    geo::Point point;
};

struct Noded {
    std::vector<LaidLine> lines;              ///< with a vertex wherever they meet one of the outlines
    std::vector<std::vector<LineNode>> nodes; ///< of each outline, ring by ring in their order, each once
};

/// What rounding sets apart (onLine, boundaries.h) is one place. Lines meet between vertices in the same
/// place for all outlines that have the edge, whichever way it runs there. `withThemselves`: where laid lines
/// meet each other they have vertices, too. Costs the lines and what lies beside them.
Noded nodedLines(std::vector<LaidLine> lines, std::span<const Indexed> outlines, bool withThemselves = false);

} // namespace nunatak::editing
