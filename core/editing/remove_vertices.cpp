// SPDX-License-Identifier: GPL-3.0-or-later
#include "editing/remove_vertices.h"

#include "editing/reshape.h"
#include "editing/vertex_runs.h"
#include "geo/paths.h"
#include "geo/rings.h"
#include "outlines/outline_name.h"

#include <algorithm>
#include <set>
#include <tuple>
#include <utility>

namespace nunatak::editing {

namespace {

/// A ring's name where these are gone.
RingName renamed(RingName name, const std::set<RingName>& gone) {
    const RingName old = name;
    for (const RingName& each : gone) {
        name.first -= each.second == 0 && each.first < old.first ? 1 : 0;
        name.second -= each.first == old.first && each.second > 0 && each.second < old.second ? 1 : 0;
    }
    return name;
}

/// True where too little is left of a ring, or of a line with two ends.
bool isGone(const geo::MultiPolygon& shape, const RingName& name, std::size_t removed) {
    const std::size_t size = geo::ringOf(shape, name.first, name.second).size();
    const bool isLine = geo::isPath(shape[static_cast<std::size_t>(name.first)]);
    return size < removed + (!isLine ? 3 : size == 1 ? 1 : 2);
}

bool isNothing(const geo::MultiPolygon& shape) {
    return std::all_of(shape.begin(), shape.end(),
                       [](const geo::Polygon& part) { return part.outer.empty() && part.holes.empty(); });
}

} // namespace

Edit removeVertices(Draft draft, const outlines::OutlineRef& ref, std::vector<geo::VertexId> vertices,
                    Neighbours neighbours) {
    const outlines::OutlineHandle outline = draft.require(ref);
    std::size_t count = 0;
    std::vector<RingSplice> splices;
    std::set<RingName> gone;
    for (const auto& [name, removed] : byRing(outline->geometry, vertices)) {
        count += removed.size();
        const std::size_t size = geo::ringOf(outline->geometry, name.first, name.second).size();
        if (isGone(outline->geometry, name, removed.size())) {
            gone.insert(name);
        } else {
            addRuns(name, size, removed, splices);
        }
    }
    const std::string name = outlines::nameInSentence(*outline);
    if (!gone.empty()) {
        geo::MultiPolygon left = withoutRings(outline->geometry, gone);
        if (isNothing(left)) {
            draft.remove(ref);
            return draft.edit("Delete " + name, std::nullopt);
        }
        draft.reshape(ref, std::move(left));
        std::erase_if(splices, [&](const RingSplice& splice) { return gone.contains({splice.part, 0}); });
        for (RingSplice& splice : splices) {
            std::tie(splice.part, splice.ring) = renamed({splice.part, splice.ring}, gone);
        }
    }
    if (!splices.empty()) {
        reshape(draft, ref, std::move(splices), neighbours, Line::Same);
    }
    return draft.edit(
        (count == 1 ? "Remove vertex of " : "Remove " + std::to_string(count) + " vertices of ") +
            withNeighbours(draft, ref, name),
        ref);
}

LeftOver leftWithout(const geo::MultiPolygon& outline, const std::vector<geo::VertexId>& vertices) {
    LeftOver left;
    std::set<int> goneParts;
    for (const auto& [name, removed] : byRing(outline, vertices)) { // a part's outer ring before its holes
        const auto& [part, ring] = name;
        if (!isGone(outline, name, removed.size())) {
            continue;
        }
        if (ring == 0 || geo::isPath(outline)) {
            goneParts.insert(part);
        } else if (!goneParts.contains(part)) {
            ++left.goneHoles;
        }
    }
    left.goneParts = static_cast<int>(goneParts.size());
    left.parts = static_cast<int>(outline.size()) - left.goneParts;
    return left;
}

} // namespace nunatak::editing
