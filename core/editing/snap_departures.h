// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "geo/polygon.h"

#include <cstddef>
#include <functional>
#include <optional>
#include <tuple>
#include <vector>

// Where lines part: near a place where two glaciers' lines begin to go apart they are near to one another,
// and not nearly one.
namespace nunatak::editing {

inline std::tuple<int, int, int> key(const geo::VertexId& vertex) {
    return {vertex.part, vertex.ring, vertex.index};
}

/// A vertex of the outline and where it may go.
struct SnapTarget {
    double distance = 0;
    geo::Point point;
    std::size_t other = 0;
    geo::VertexId vertex;
    geo::Point from;
};

/// A vertex of another that a piece of the outline's line may take in.
struct SnapBeside {
    double distance = 0;
    geo::Point point;
    std::size_t other = 0;
    geo::VertexId edge;
    geo::Point a, b; ///< the piece
    double share = 0;
};

/// Where a vertex is as seen from the lines of others.
struct SnapVertex {
    enum class Kind { Away, Beside, Shared };
    geo::VertexId vertex;
    geo::Point point;
    std::vector<SnapTarget> vertices; ///< of others that it may go to
    std::optional<SnapTarget> line;   ///< the nearest place within an edge
    Kind kind = Kind::Away;
};

/// Takes the targets of vertices that only lie where the line parts from a shared one: from the shared end of
/// a run of near vertices whose other end goes away, those behind the last that has come several times as far
/// along as it is off the other line. `vertices` in the order of key(); `next` the one after on a ring.
void leaveDepartures(std::vector<SnapVertex>& vertices,
                     const std::function<geo::VertexId(const geo::VertexId&)>& next);

/// The same with what lies beside a piece of which one end is shared; in the order of the shares.
void leaveDepartures(std::vector<SnapBeside>& points, bool beginIsShared, bool endIsShared);

} // namespace nunatak::editing
