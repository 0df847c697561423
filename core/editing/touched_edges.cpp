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
            const outlines::OutlineRef other{ref.layer, near->uuid};
            const bool changesAlready = std::any_of(changes.begin(), changes.end(),
                                                    [&](const Reshape& each) { return each.ref == other; });
            if (!changesAlready && takesGround(*near)) {
                note(draft, near, point, around, touched[near->uuid]);
            }
        }
    }
    for (const auto& [uuid, touches] : touched) {
        if (!touches.empty()) {
            changes.push_back({{ref.layer, uuid}, insertions(touches)});
        }
    }
}

} // namespace nunatak::editing
