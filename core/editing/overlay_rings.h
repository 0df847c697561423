// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "editing/vertex_runs.h"
#include "geo/polygon.h"

#include <cstddef>
#include <vector>

// Rings walked along pieces of lines.
namespace nunatak::editing {

/// A piece of a line between two places where lines meet, with the ground to its left.
struct Piece {
    geo::Point start, end;
    const geo::Ring* ring = nullptr; ///< whose vertices lie between; null: none
    RingName name{-1, -1};           ///< of the outline's ring; -1: of a laid line
    std::size_t first = 0;           ///< of these vertices, as the ring runs
    std::size_t count = 0;
    std::ptrdiff_t startIndex = -1; ///< the vertex of the ring that it starts at; -1: none
    bool isReversed = false;        ///< runs against the ring
    bool startsNew = false;         ///< its first edge is no edge of the ring
    bool endsNew = false;           ///< nor its last

    bool isLaid() const { return name.first < 0; }
    /// Vertex number k between the ends, as the piece runs.
    geo::Point at(std::size_t k) const {
        return (*ring)[(first + (isReversed ? count - 1 - k : k)) % ring->size()];
    }
    std::size_t indexAt(std::size_t k) const {
        return (first + (isReversed ? count - 1 - k : k)) % ring->size();
    }
    geo::Point second() const { return count > 0 ? at(0) : end; }
    geo::Point lastButOne() const { return count > 0 ? at(count - 1) : start; }
};

/// A ring of what comes.
struct WalkedRing {
    geo::Ring points;
    std::vector<char> isNew; ///< of each edge, named by the vertex it begins at
    RingName source{-1, -1}; ///< the first of the outline's rings that it has a piece of
    bool isHole = false;
};

/// Rings along these pieces, each of which is used once. Where several meet in a point it turns as sharply as
/// it can towards its ground, and no ring comes to a point twice. What has no area is left out. A ring with
/// pieces of the outline's begins at the first vertex that stays, and runs as that one does. Throws Refused
/// where pieces lead nowhere, as rounding may make of lines that hardly part.
std::vector<WalkedRing> walkedRings(const std::vector<Piece>& pieces);

} // namespace nunatak::editing
