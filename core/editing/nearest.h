// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "geo/edge_index.h"
#include "geo/polygon.h"

#include <optional>

// What of an outline lies nearest to a place: how a hand takes hold of it.
namespace nunatak::editing {

struct NearVertex {
    geo::VertexId vertex;
    geo::Point point;
    double distance = 0;
};
/// The nearest vertex within `reach` (units of the coordinates).
std::optional<NearVertex> nearestVertex(const geo::MultiPolygon& shape, const geo::EdgeIndex& index,
                                        geo::Point place, double reach);

struct NearEdge {
    geo::VertexId from; ///< where the edge begins
    geo::Point point;   ///< of the edge
    double distance = 0;
};
/// The nearest place on a line within `reach`.
std::optional<NearEdge> nearestEdge(const geo::MultiPolygon& shape, const geo::EdgeIndex& index,
                                    geo::Point place, double reach);

} // namespace nunatak::editing
