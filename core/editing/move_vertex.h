// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "editing/draft.h"
#include "geo/polygon.h"

namespace nunatak::editing {

/// One vertex elsewhere. Throws Error when there is no such vertex, and as the gate does.
Edit moveVertex(Draft draft, const outlines::OutlineRef& ref, const geo::VertexId& vertex, geo::Point target);

} // namespace nunatak::editing
