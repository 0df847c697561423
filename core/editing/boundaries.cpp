// SPDX-License-Identifier: GPL-3.0-or-later
#include "editing/boundaries.h"

#include "editing/gate_neighbours.h"
#include "geo/segments.h"

#include <algorithm>
#include <map>
#include <tuple>
#include <utility>

namespace nunatak::editing {

namespace {

geo::Extent boxOf(geo::Point a, geo::Point b) {
    geo::Extent box;
    box.include(a);
    box.include(b);
    return box;
}

/// What only rounding sets apart is one place.
bool isThere(geo::Point point, geo::Point place) {
    return geo::distance(point, place) <= onLine;
}

/// Where on an edge a point lies that is none of its ends; 0: nowhere.
double shareOn(geo::Point point, geo::Point a, geo::Point b) {
    if (isThere(point, a) || isThere(point, b)) {
        return 0;
    }
    const double share = geo::along(point, a, b);
    const bool lies = share > 0 && share < 1 && isThere(point, geo::pointAlong(a, b, share));
    return lies ? share : 0;
}

/// Collects what the edges of other rings have in common with the lines.
class Search {
public:
    Search(const Draft& draft, const outlines::OutlineRef& ref, LineChanges& lines)
        : m_draft(draft), m_ref(ref), m_lines(lines) {}

    std::vector<SharedRing> run() {
        search();
        if (!m_onLines.empty()) {
            m_lines.insert(std::exchange(m_onLines, {}));
            search(); // what became a vertex of a line lies on edges of others, too
        }
        std::vector<SharedRing> rings;
        for (auto& [key, ring] : m_rings) {
            finish(ring);
            if (!ring.points.empty()) {
                rings.push_back(std::move(ring));
            }
        }
        return rings;
    }

private:
    void search() {
        const outlines::OutlineHandle own = m_draft.require(m_ref);
        for (const geo::Extent& area : m_lines.areas()) {
            const geo::Extent reach = area.grown(onLine);
            for (const outlines::OutlineHandle& near : m_draft.near(m_ref.layer, reach)) {
                if (near == own || takesGround(*near)) {
                    searchIn(near, near == own, reach);
                }
            }
        }
    }

    void searchIn(const outlines::OutlineHandle& outline, bool isOwn, const geo::Extent& area) {
        m_draft.indices().of(outline)->visit(outline->geometry, area, [&](const geo::Edge& edge) {
            if (isOwn && m_lines.has(edge.from.part, edge.from.ring)) {
                compareOwn(edge.a);
                return;
            }
            m_lines.visitEdges(boxOf(edge.a, edge.b).grown(onLine),
                               [&](std::size_t number, geo::Point a, geo::Point b) {
                                   compare(outline, edge, number, a, b);
                               });
        });
    }

    void compare(const outlines::OutlineHandle& outline, const geo::Edge& edge, std::size_t number,
                 geo::Point a, geo::Point b) {
        const auto vertex = static_cast<std::size_t>(edge.from.index);
        if (isThere(edge.a, a) || isThere(edge.a, b)) {
            add(outline, edge.from, {vertex, 0, edge.a, {}});
        } else if (const double share = shareOn(edge.a, a, b); share > 0) {
            m_onLines.push_back({number, share, edge.a, false});
            add(outline, edge.from, {vertex, 0, edge.a, {}});
        }
        for (const geo::Point end : {a, b}) {
            if (end == edge.a || end == edge.b) {
                continue;
            }
            if (const double share = shareOn(end, edge.a, edge.b); share > 0) {
                add(outline, edge.from, {vertex, share, end, {}});
            }
        }
    }

    /// A vertex of a ring that is spliced may lie on an edge beside that another vertex of it takes along.
    void compareOwn(geo::Point vertex) {
        m_lines.visitEdges(geo::Extent{vertex.x, vertex.y, vertex.x, vertex.y}.grown(onLine),
                           [&](std::size_t number, geo::Point a, geo::Point b) {
                               if (!m_lines.lineOf(number).isBeside) {
                                   return;
                               }
                               if (const double share = shareOn(vertex, a, b); share > 0) {
                                   m_onLines.push_back({number, share, vertex, true});
                               }
                           });
    }

    void add(const outlines::OutlineHandle& outline, const geo::VertexId& from, SharedPoint point) {
        SharedRing& ring = m_rings[{outline->uuid, from.part, from.ring}];
        if (!ring.outline) {
            ring.ref = {m_ref.layer, outline->uuid};
            ring.outline = outline;
            ring.part = from.part;
            ring.ring = from.ring;
        }
        ring.points.push_back(std::move(point));
    }

    /// Each point once, in the ring's order, with its numbers. One that only rounding sets apart from a
    /// line's is that from here on.
    void finish(SharedRing& ring) const {
        auto& points = ring.points;
        const auto key = [](const SharedPoint& point) {
            return std::tuple(point.vertex, point.share, point.point.x, point.point.y);
        };
        std::sort(points.begin(), points.end(),
                  [&](const SharedPoint& a, const SharedPoint& b) { return key(a) < key(b); });
        points.erase(
            std::unique(points.begin(), points.end(),
                        [&](const SharedPoint& a, const SharedPoint& b) { return key(a) == key(b); }),
            points.end());
        for (SharedPoint& point : points) {
            point.numbers = m_lines.at(point.point);
            if (point.numbers.empty()) {
                point.point = m_lines.pointNear(point.point);
                point.numbers = m_lines.at(point.point);
            }
        }
    }

    const Draft& m_draft;
    const outlines::OutlineRef& m_ref;
    LineChanges& m_lines;
    std::vector<PointOnLine> m_onLines;
    std::map<std::tuple<std::string, int, int>, SharedRing> m_rings;
};

} // namespace

std::vector<Owner> ownersOf(const Draft& draft, const std::string& layer, geo::Point point) {
    const geo::Extent there{point.x, point.y, point.x, point.y};
    std::vector<Owner> owners;
    for (const outlines::OutlineHandle& outline : draft.near(layer, there)) {
        if (!takesGround(*outline)) {
            continue;
        }
        draft.indices().of(outline)->visit(outline->geometry, there, [&](const geo::Edge& edge) {
            if (edge.a == point) {
                owners.push_back({{layer, outline->uuid}, edge.from});
            }
        });
    }
    return owners;
}

std::vector<SharedRing> sharedRings(const Draft& draft, const outlines::OutlineRef& ref, LineChanges& lines) {
    return Search(draft, ref, lines).run();
}

} // namespace nunatak::editing
