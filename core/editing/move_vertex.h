// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "editing/draft.h"
#include "editing/neighbours.h"
#include "geo/polygon.h"

#include <vector>

namespace nunatak::editing {

/// One vertex elsewhere. Throws Error when there is no such vertex, and as reshape() does.
Edit moveVertex(Draft draft, const outlines::OutlineRef& ref, const geo::VertexId& vertex, geo::Point target,
                Neighbours neighbours = Neighbours::Together);

/// Vertices moved together, each by this much (units of the project CRS); at least one. Throws the same.
Edit moveVertices(Draft draft, const outlines::OutlineRef& ref, const std::vector<geo::VertexId>& vertices,
                  geo::Point by, Neighbours neighbours = Neighbours::Together);

/// The numbers of vertices that were moved so and are there. They have the same, unless points of neighbours
/// on the line became vertices of it.
std::vector<geo::VertexId> whereMoved(const geo::MultiPolygon& before, const geo::MultiPolygon& after,
                                      const std::vector<geo::VertexId>& vertices, geo::Point by);

} // namespace nunatak::editing
