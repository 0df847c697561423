// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "editing/draft.h"
#include "geo/polygon.h"

#include <vector>

namespace nunatak::editing {

/// One vertex elsewhere. Throws Error when there is no such vertex, and as the gate does.
Edit moveVertex(Draft draft, const outlines::OutlineRef& ref, const geo::VertexId& vertex, geo::Point target);

/// Vertices moved together, each by this much (units of the project CRS); at least one. All keep their
/// numbers. Throws the same.
Edit moveVertices(Draft draft, const outlines::OutlineRef& ref, const std::vector<geo::VertexId>& vertices,
                  geo::Point by);

} // namespace nunatak::editing
