// SPDX-License-Identifier: GPL-3.0-or-later
#include "editing/remove_vertices.h"

#include "editing/vertex_runs.h"
#include "geo/rings.h"
#include "outlines/outline_name.h"

#include <set>
#include <utility>

namespace nunatak::editing {

Edit removeVertices(Draft draft, const outlines::OutlineRef& ref, std::vector<geo::VertexId> vertices) {
    const outlines::OutlineHandle outline = draft.require(ref);
    std::size_t count = 0;
    std::vector<RingSplice> splices;
    std::set<RingName> gone;
    for (const auto& [name, removed] : byRing(outline->geometry, vertices)) {
        count += removed.size();
        const std::size_t size = geo::ringOf(outline->geometry, name.first, name.second).size();
        if (size < removed.size() + 3) {
            gone.insert(name);
        } else {
            addRuns(name, size, removed, splices);
        }
    }
    const std::string description =
        (count == 1 ? "Remove vertex of " : "Remove " + std::to_string(count) + " vertices of ") +
        outlines::nameInSentence(*outline);
    if (gone.empty()) {
        draft.reshape(ref, std::move(splices));
        return draft.edit(description, ref);
    }
    geo::MultiPolygon thinned = outline->geometry;
    applySplices(splices, thinned);
    geo::MultiPolygon left;
    for (std::size_t part = 0; part < thinned.size(); ++part) {
        const int number = static_cast<int>(part);
        if (gone.contains({number, 0})) {
            continue;
        }
        geo::Polygon kept{std::move(thinned[part].outer), {}};
        for (std::size_t hole = 0; hole < thinned[part].holes.size(); ++hole) {
            if (!gone.contains({number, static_cast<int>(hole) + 1})) {
                kept.holes.push_back(std::move(thinned[part].holes[hole]));
            }
        }
        left.push_back(std::move(kept));
    }
    if (left.empty()) {
        draft.remove(ref);
        return draft.edit("Delete " + outlines::nameInSentence(*outline), std::nullopt);
    }
    draft.reshape(ref, std::move(left));
    return draft.edit(description, ref);
}

} // namespace nunatak::editing
