// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "editing/draft.h"
#include "editing/neighbours.h"
#include "geo/polygon.h"

namespace nunatak::editing {

/// A new vertex on the edge that begins at `from`: on the line, or, drawn away from it, anywhere. Throws
/// Error when there is no such edge, and as reshape() does.
Edit insertVertex(Draft draft, const outlines::OutlineRef& ref, const geo::VertexId& from, geo::Point place,
                  Neighbours neighbours = Neighbours::Together);
/// The number of that vertex afterwards.
geo::VertexId insertedAfter(const geo::VertexId& from);

} // namespace nunatak::editing
