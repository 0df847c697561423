// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "editing/boundaries.h"

#include <optional>
#include <vector>

// What lines that change make of the rings that share them.
namespace nunatak::editing {

/// Where a ring comes to a line that was drawn anew, if not at its end.
struct Landing {
    std::size_t place = 0;     ///< in the line now
    std::size_t swallowed = 0; ///< vertices of the ring ahead that go, since the new line runs beyond them
    bool keepsPoint = false;   ///< the point where it came to the old line stays its vertex
    bool turnsEdge = false;    ///< the edge by which it came to the old line leads to the place, another way
};

/// Neighbouring edges of a chain that are edges of one line, in one direction.
struct Run {
    std::size_t first = 0; ///< edge of the chain
    std::size_t last = 0;  ///< with it
    std::optional<Landing> start{}, end{};
};

/// Shared points of a ring that follow each other. Edge i joins points i and i + 1.
struct Chain {
    struct Edge {
        std::size_t from = 0, to = 0; ///< as LineChanges numbers points
        bool isShared = false;
    };
    std::vector<SharedPoint> points;
    std::vector<Edge> edges;
    std::vector<Run> runs;
    bool isClosed = false; ///< all of the ring: the last point is the first one again
    bool isFixed = false;  ///< closed, and its first point stays where it is
};

std::vector<Chain> chainsOf(const SharedRing& ring, const LineChanges& lines);

/// A ring that shares points, and how.
struct Sharer {
    SharedRing ring;
    std::vector<Chain> chains;
};

/// Vertices that are removed where three lines meet fall onto a neighbour along the line that stays, so that
/// no gap opens: the new edge belongs to those whose stretch of the old line was longest.
void placeRemoved(LineChanges& lines, const std::vector<Sharer>& sharers);

/// What becomes of the ring: nothing where it is the same.
std::vector<RingSplice> splicesOf(const Sharer& sharer, const LineChanges& lines);

} // namespace nunatak::editing
