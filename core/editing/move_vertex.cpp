// SPDX-License-Identifier: GPL-3.0-or-later
#include "editing/move_vertex.h"

#include "base/error.h"
#include "editing/vertex_runs.h"
#include "geo/rings.h"
#include "outlines/outline_name.h"

#include <string>
#include <utility>

namespace nunatak::editing {

namespace {

geo::Point moved(geo::Point point, geo::Point by) {
    return {point.x + by.x, point.y + by.y};
}

/// Looking at each pair of so many edges takes longer than at the shape as a whole.
constexpr std::size_t manyVertices = 1000;

/// Of a ring that moves as a whole no vertex stays to splice at; and a splice over a ring's beginning numbers
/// its vertices anew.
geo::MultiPolygon withMoved(geo::MultiPolygon shape, const std::vector<geo::VertexId>& vertices,
                            geo::Point by) {
    for (const auto& [name, indices] : byRing(shape, vertices)) {
        geo::Ring& ring = geo::ringOf(shape, name.first, name.second);
        for (const std::size_t index : indices) {
            ring[index] = moved(ring[index], by);
        }
    }
    return shape;
}

} // namespace

Edit moveVertex(Draft draft, const outlines::OutlineRef& ref, const geo::VertexId& vertex,
                geo::Point target) {
    const outlines::OutlineHandle outline = draft.require(ref);
    if (geo::vertexAt(outline->geometry, vertex) == nullptr) {
        throw Error("The outline has no vertex " + std::to_string(vertex.index + 1) + " there.");
    }
    draft.reshape(ref, {{vertex.part, vertex.ring, static_cast<std::size_t>(vertex.index), 1, {target}}});
    return draft.edit("Move vertex of " + outlines::nameInSentence(*outline), ref);
}

Edit moveVertices(Draft draft, const outlines::OutlineRef& ref, const std::vector<geo::VertexId>& vertices,
                  geo::Point by) {
    const outlines::OutlineHandle outline = draft.require(ref);
    std::vector<RingSplice> splices;
    std::size_t count = 0;
    bool isWhole = vertices.size() > manyVertices;
    for (const auto& [name, indices] : byRing(outline->geometry, vertices)) {
        const geo::Ring& ring = geo::ringOf(outline->geometry, name.first, name.second);
        count += indices.size();
        isWhole = isWhole || indices.size() == ring.size();
        const std::size_t first = splices.size();
        addRuns(name, ring.size(), indices, splices);
        for (std::size_t i = first; i < splices.size(); ++i) {
            isWhole = isWhole || splices[i].first + splices[i].removed > ring.size();
            for (std::size_t k = 0; k < splices[i].removed; ++k) {
                splices[i].added.push_back(moved(ring[(splices[i].first + k) % ring.size()], by));
            }
        }
    }
    if (isWhole) {
        draft.reshape(ref, withMoved(outline->geometry, vertices, by));
    } else {
        draft.reshape(ref, std::move(splices));
    }
    return draft.edit((count == 1 ? "Move vertex of " : "Move " + std::to_string(count) + " vertices of ") +
                          outlines::nameInSentence(*outline),
                      ref);
}

} // namespace nunatak::editing
