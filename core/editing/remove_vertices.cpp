// SPDX-License-Identifier: GPL-3.0-or-later
#include "editing/remove_vertices.h"

#include "base/error.h"
#include "geo/rings.h"
#include "outlines/outline_name.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

namespace nunatak::editing {

namespace {

using RingName = std::pair<int, int>; ///< part, ring
using Indices = std::set<std::size_t>;

/// A splice for each run of neighbours; one that runs over the ring's beginning begins before it.
void addSplices(const RingName& name, std::size_t size, const Indices& removed,
                std::vector<RingSplice>& splices) {
    const std::size_t first = splices.size();
    for (const std::size_t index : removed) {
        RingSplice* last = splices.size() > first ? &splices.back() : nullptr;
        if (last != nullptr && last->first + last->removed == index) {
            ++last->removed;
        } else {
            splices.push_back({name.first, name.second, index, 1, {}});
        }
    }
    RingSplice& last = splices.back();
    RingSplice& begin = splices[first];
    if (splices.size() > first + 1 && begin.first == 0 && last.first + last.removed == size) {
        last.removed += begin.removed;
        splices.erase(splices.begin() + static_cast<std::ptrdiff_t>(first));
    }
}

} // namespace

Edit removeVertices(Draft draft, const outlines::OutlineRef& ref, std::vector<geo::VertexId> vertices) {
    const outlines::OutlineHandle outline = draft.require(ref);
    std::map<RingName, Indices> byRing;
    for (const geo::VertexId& vertex : vertices) {
        if (geo::vertexAt(outline->geometry, vertex) == nullptr) {
            throw Error("The outline has no vertex " + std::to_string(vertex.index + 1) + " there.");
        }
        byRing[{vertex.part, vertex.ring}].insert(static_cast<std::size_t>(vertex.index));
    }
    std::size_t count = 0;
    std::vector<RingSplice> splices;
    std::set<RingName> gone;
    for (const auto& [name, removed] : byRing) {
        count += removed.size();
        const std::size_t size = geo::ringOf(outline->geometry, name.first, name.second).size();
        if (size < removed.size() + 3) {
            gone.insert(name);
        } else {
            addSplices(name, size, removed, splices);
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
