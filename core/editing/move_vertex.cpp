// SPDX-License-Identifier: GPL-3.0-or-later
#include "editing/move_vertex.h"

#include "base/error.h"
#include "editing/reshape.h"
#include "editing/vertex_runs.h"
#include "geo/ring_difference.h"
#include "geo/rings.h"
#include "outlines/outline_name.h"

#include <string>
#include <utility>

namespace nunatak::editing {

namespace {

geo::Point moved(geo::Point point, geo::Point by) {
    return {point.x + by.x, point.y + by.y};
}

} // namespace

Edit moveVertex(Draft draft, const outlines::OutlineRef& ref, const geo::VertexId& vertex, geo::Point target,
                Neighbours neighbours) {
    const outlines::OutlineHandle outline = draft.require(ref);
    if (geo::vertexAt(outline->geometry, vertex) == nullptr) {
        throw Error("The outline has no vertex " + std::to_string(vertex.index + 1) + " there.");
    }
    reshape(draft, ref, {{vertex.part, vertex.ring, static_cast<std::size_t>(vertex.index), 1, {target}}},
            neighbours, Line::Same);
    return draft.edit("Move vertex of " + withNeighbours(draft, ref, outlines::nameInSentence(*outline)),
                      ref);
}

Edit moveVertices(Draft draft, const outlines::OutlineRef& ref, const std::vector<geo::VertexId>& vertices,
                  geo::Point by, Neighbours neighbours) {
    const outlines::OutlineHandle outline = draft.require(ref);
    std::vector<RingSplice> splices;
    std::size_t count = 0;
    for (const auto& [name, indices] : byRing(outline->geometry, vertices)) {
        const geo::Ring& ring = geo::ringOf(outline->geometry, name.first, name.second);
        count += indices.size();
        const std::size_t first = splices.size();
        addRuns(name, ring.size(), indices, splices);
        for (std::size_t i = first; i < splices.size(); ++i) {
            for (std::size_t k = 0; k < splices[i].removed; ++k) {
                splices[i].added.push_back(moved(ring[(splices[i].first + k) % ring.size()], by));
            }
        }
    }
    reshape(draft, ref, std::move(splices), neighbours, Line::Same);
    return draft.edit((count == 1 ? "Move vertex of " : "Move " + std::to_string(count) + " vertices of ") +
                          withNeighbours(draft, ref, outlines::nameInSentence(*outline)),
                      ref);
}

std::vector<geo::VertexId> whereMoved(const geo::MultiPolygon& before, const geo::MultiPolygon& after,
                                      const std::vector<geo::VertexId>& vertices, geo::Point by) {
    std::vector<geo::VertexId> found;
    if (!geo::haveSameRings(before, after)) {
        return found;
    }
    for (const auto& [name, indices] : byRing(before, vertices)) {
        const geo::Ring& old = geo::ringOf(before, name.first, name.second);
        const geo::Ring& now = geo::ringOf(after, name.first, name.second);
        // Vertices only come between others, whose order stays.
        std::size_t inserted = 0;
        for (const std::size_t index : indices) {
            const geo::Point place = moved(old[index], by);
            while (old.size() + inserted < now.size() && now[index + inserted] != place) {
                ++inserted;
            }
            if (index + inserted < now.size() && now[index + inserted] == place) {
                found.push_back({name.first, name.second, static_cast<int>(index + inserted)});
            }
        }
    }
    return found;
}

} // namespace nunatak::editing
