// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "geo/edge_index.h"
#include "geo/polygon.h"

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

namespace nunatak::editing {

/// A place where a stroke and a line of an outline meet.
struct StrokeMeeting {
    std::size_t segment = 0; ///< of the stroke: from its vertex of this number to the next
    double share = 0;        ///< along that segment, 0..1
    geo::VertexId edge;      ///< of the outline, named by the vertex it begins at
    double along = 0;        ///< along that edge, 0..<1; 0: at its vertex
    geo::Point point;        ///< bit by bit the outline's or the stroke's vertex where there is one
};

/// All of them along the stroke, each once: crossings, touches, and both ends of what runs along the line.
/// Whether they meet is exact; where, is rounded. Costs the stroke and what lies beside it.
std::vector<StrokeMeeting> meetingsOf(const geo::MultiPolygon& shape, const geo::EdgeIndex& index,
                                      std::span<const geo::Point> stroke);

/// The nearest place on a line within `reach`, as a meeting of a stroke that ends there; a vertex where one
/// is within `vertexReach` of it.
std::optional<StrokeMeeting> meetingNear(const geo::MultiPolygon& shape, const geo::EdgeIndex& index,
                                         geo::Point place, double reach, double vertexReach = 0);

/// Whether both lie on one ring.
bool areOnOneRing(const StrokeMeeting& a, const StrokeMeeting& b);

} // namespace nunatak::editing
