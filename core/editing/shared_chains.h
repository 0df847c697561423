// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "editing/draft.h"
#include "geo/polygon.h"
#include "outlines/outline.h"

#include <cstddef>
#include <span>
#include <string>
#include <vector>

// The lines of outlines between the places where more than two come together: what may be given another shape
// so that what is shared stays shared.
namespace nunatak::editing {

/// Where a ring has a chain.
struct ChainUse {
    std::size_t outline = 0; ///< in SharedChains
    int part = 0;
    int ring = 0;
    std::size_t first = 0; ///< the vertex that is the chain's first point as the ring runs; of a closed one:
                           ///< its first point
    bool isReversed = false; ///< the ring runs against the chain
};

struct SharedChain {
    geo::Ring points;
    bool isClosed = false; ///< all of a ring; the first point is not repeated
    std::vector<ChainUse> uses;
};

struct SharedChains {
    std::string layer;
    std::vector<outlines::OutlineHandle> outlines; ///< those that were asked for first, then those beside
    std::size_t asked = 0;
    std::vector<SharedChain> chains; ///< each once, whoever has it
};

/// The lines of outlines of one layer. A chain ends where more than two edges come together, and at both ends
/// of an edge on which a vertex of another line lies, so that such an edge stays as it is.
SharedChains sharedChains(const Draft& draft, std::span<const outlines::OutlineRef> refs);

/// What becomes of all whose lines they are where the chains are these lines, one for each. The ends of open
/// ones stay; of closed ones the first point may move.
std::vector<Reshape> reshapesOf(const SharedChains& chains, const std::vector<geo::Ring>& lines);

} // namespace nunatak::editing
