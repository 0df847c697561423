// SPDX-License-Identifier: GPL-3.0-or-later
#include "editing/move_vertex.h"

#include "base/error.h"
#include "geo/rings.h"
#include "outlines/outline_name.h"

namespace nunatak::editing {

Edit moveVertex(Draft draft, const outlines::OutlineRef& ref, const geo::VertexId& vertex,
                geo::Point target) {
    const outlines::OutlineHandle outline = draft.require(ref);
    if (geo::vertexAt(outline->geometry, vertex) == nullptr) {
        throw Error("The outline has no vertex " + std::to_string(vertex.index + 1) + " there.");
    }
    draft.reshape(ref, {{vertex.part, vertex.ring, static_cast<std::size_t>(vertex.index), 1, {target}}});
    return draft.edit("Move vertex of " + outlines::nameInSentence(*outline), ref);
}

} // namespace nunatak::editing
