// SPDX-License-Identifier: GPL-3.0-or-later
#include "editing/touched_edges.h"

#include "editing/boundaries.h"
#include "editing/gate_neighbours.h"
#include "geo/segments.h"

#include <algorithm>
#include <map>
#include <string>
#include <tuple>
#include <utility>

namespace nunatak::editing {

namespace {

/// Points on the edges of one outline: by part, ring, number of the edge and share along it.
using Touches = std::map<std::tuple<int, int, int, double>, geo::Point>;

void note(const Draft& draft, const outlines::OutlineHandle& outline, geo::Point point,
          const geo::Extent& around, Touches& touches) {
    bool isVertex = false;
    Touches found;
    draft.indices().of(outline)->visit(outline->geometry, around, [&](const geo::Edge& edge) {
        if (geo::distanceToSegment(point, edge.a, edge.b) > onLine) {
            return;
        }
        isVertex =
            isVertex || geo::distance(point, edge.a) <= onLine || geo::distance(point, edge.b) <= onLine;
        found[{edge.from.part, edge.from.ring, edge.from.index, geo::along(point, edge.a, edge.b)}] = point;
    });
    if (!isVertex) {
        touches.merge(found);
    }
}

/// True where an edge stays as it is, though the outline changes.
bool stays(int part, int ring, std::size_t edge, std::size_t size, const Reshape& change) {
    return !change.shape &&
           std::none_of(change.splices.begin(), change.splices.end(), [&](const auto& splice) {
               const std::size_t behind =
                   (edge + 1 + size - splice.first % size) % size; // where the edge ends
               return splice.part == part && splice.ring == ring && behind <= splice.removed;
           });
}

std::vector<RingSplice> insertions(const Touches& touches) {
    std::vector<RingSplice> splices;
    for (const auto& [where, point] : touches) {
        const auto& [part, ring, edge, share] = where;
        const auto first = static_cast<std::size_t>(edge) + 1;
        if (splices.empty() || splices.back().part != part || splices.back().ring != ring ||
            splices.back().first != first) {
            splices.push_back({part, ring, first, 0, {}});
        }
        splices.back().added.push_back(point);
    }
    return splices;
}

} // namespace

void addTouched(const Draft& draft, const outlines::OutlineRef& ref, const geo::Ring& points,
                std::vector<Reshape>& changes) {
    std::map<std::string, Touches> touched; // by uuid
    for (const geo::Point& point : points) {
        const geo::Extent around = geo::Extent{point.x, point.y, point.x, point.y}.grown(onLine);
        for (const auto& near : draft.near(ref.layer, around)) {
            if (near->uuid != ref.uuid && takesGround(*near)) {
                note(draft, near, point, around, touched[near->uuid]);
            }
        }
    }
    for (auto& [uuid, touches] : touched) {
        const outlines::OutlineRef other{ref.layer, uuid};
        const auto change = std::find_if(changes.begin(), changes.end(),
                                         [&](const Reshape& each) { return each.ref == other; });
        if (change != changes.end()) {
            const outlines::OutlineHandle outline = draft.require(other);
            std::erase_if(touches, [&](const auto& touch) {
                const auto& [part, ring, edge, share] = touch.first;
                const std::size_t size = geo::ringOf(outline->geometry, part, ring).size();
                return !stays(part, ring, static_cast<std::size_t>(edge), size, *change);
            });
            const std::vector<RingSplice> splices = insertions(touches);
            change->splices.insert(change->splices.end(), splices.begin(), splices.end());
        } else if (!touches.empty()) {
            changes.push_back({other, insertions(touches)});
        }
    }
}

} // namespace nunatak::editing
