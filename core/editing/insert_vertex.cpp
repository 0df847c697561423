// SPDX-License-Identifier: GPL-3.0-or-later
#include "editing/insert_vertex.h"

#include "base/error.h"
#include "editing/reshape.h"
#include "geo/rings.h"
#include "outlines/outline_name.h"

namespace nunatak::editing {

Edit insertVertex(Draft draft, const outlines::OutlineRef& ref, const geo::VertexId& from, geo::Point place,
                  Neighbours neighbours) {
    const outlines::OutlineHandle outline = draft.require(ref);
    if (geo::vertexAt(outline->geometry, from) == nullptr) {
        throw Error("The outline has no vertex " + std::to_string(from.index + 1) + " there.");
    }
    const geo::VertexId vertex = insertedAfter(from);
    reshape(draft, ref, {{vertex.part, vertex.ring, static_cast<std::size_t>(vertex.index), 0, {place}}},
            neighbours, Line::Same);
    return draft.edit("Insert vertex into " + withNeighbours(draft, ref, outlines::nameInSentence(*outline)),
                      ref);
}

geo::VertexId insertedAfter(const geo::VertexId& from) {
    return {from.part, from.ring, from.index + 1};
}

} // namespace nunatak::editing
