// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "geo/polygon.h"
#include "outlines/outline.h"

#include <memory>
#include <string>

namespace nunatak::outlines {

/// The geometry with one vertex elsewhere. Throws Error when the vertex does not exist or the result would be
/// invalid (crossing lines); the message says which.
geo::MultiPolygon withVertexMoved(const geo::MultiPolygon& shape, geo::VertexId vertex, geo::Point target);

/// One outline before and after; both ends of an edit, so undo is the same thing the other way round.
struct OutlineChange {
    std::string layer;
    OutlineHandle before; ///< null: the outline is new
    OutlineHandle after;  ///< null: the outline is removed
};

} // namespace nunatak::outlines
