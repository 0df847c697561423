// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "geo/polygon.h"

#include <bit>
#include <cstddef>
#include <cstdint>
#include <unordered_set>
#include <utility>

// Edges of rings that are looked up by their ends.
namespace nunatak::editing {

/// An edge whichever way it runs.
struct JoinedEdge {
    geo::Point a, b;
    bool operator==(const JoinedEdge&) const = default;
};

inline JoinedEdge joined(geo::Point a, geo::Point b) {
    return std::pair(a.x, a.y) < std::pair(b.x, b.y) ? JoinedEdge{a, b} : JoinedEdge{b, a};
}

struct JoinedEdgeHash {
    std::size_t operator()(const JoinedEdge& edge) const {
        std::uint64_t mixed = 0;
        for (const double number : {edge.a.x, edge.a.y, edge.b.x, edge.b.y}) {
            // 0 and -0 are equal, and so must be what is made of them.
            mixed = (mixed ^ std::bit_cast<std::uint64_t>(number + 0.0)) * 0x9E3779B97F4A7C15ULL;
            mixed ^= mixed >> 29;
        }
        return static_cast<std::size_t>(mixed);
    }
};

using JoinedEdges = std::unordered_set<JoinedEdge, JoinedEdgeHash>;

} // namespace nunatak::editing
