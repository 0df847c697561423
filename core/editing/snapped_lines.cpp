// SPDX-License-Identifier: GPL-3.0-or-later
#include "editing/snapped_lines.h"

#include "editing/boundaries.h"
#include "geo/rings.h"
#include "geo/segments.h"

#include <algorithm>
#include <utility>

namespace nunatak::editing {

namespace {

struct Placed {
    geo::Point point;
    bool isTouched = false; ///< moved or came
};

/// At b the line turns back on itself.
bool turnsBack(geo::Point a, geo::Point b, geo::Point c) {
    if (geo::distance(a, b) <= 10 * onLine || geo::distance(b, c) <= 10 * onLine) {
        return false;
    }
    return geo::distanceToSegment(c, a, b) <= onLine || geo::distanceToSegment(a, b, c) <= onLine;
}

/// Puts a point back into the ring where it lies on an edge.
void putOnEdge(std::vector<Placed>& ring, geo::Point point) {
    const bool isThere =
        std::any_of(ring.begin(), ring.end(), [&](const Placed& each) { return each.point == point; });
    for (std::size_t i = 0; i < ring.size() && !isThere; ++i) {
        const geo::Point a = ring[i].point;
        const geo::Point b = ring[(i + 1) % ring.size()].point;
        if (geo::distanceToSegment(point, a, b) <= onLine) {
            ring.insert(ring.begin() + static_cast<std::ptrdiff_t>(i) + 1, {point, true});
            return;
        }
    }
}

geo::Ring cleaned(std::vector<Placed> ring) {
    std::vector<geo::Point> removed;
    for (bool isChanged = true; isChanged && ring.size() >= 3;) {
        isChanged = false;
        std::vector<Placed> kept;
        kept.reserve(ring.size());
        for (std::size_t i = 0; i < ring.size(); ++i) {
            const Placed& before = kept.empty() ? ring.back() : kept.back();
            const Placed& after = ring[(i + 1) % ring.size()];
            const Placed& here = ring[i];
            const bool repeats = here.point == before.point && (here.isTouched || before.isTouched);
            const bool isTip = !repeats && here.isTouched && turnsBack(before.point, here.point, after.point);
            if (!repeats && !isTip) {
                kept.push_back(here);
                continue;
            }
            isChanged = true;
            if (isTip) {
                removed.push_back(here.point);
            }
        }
        ring = std::move(kept);
    }
    for (const geo::Point& point : removed) {
        putOnEdge(ring, point);
    }
    geo::Ring points;
    points.reserve(ring.size());
    for (const Placed& each : ring) {
        points.push_back(each.point);
    }
    return points;
}

} // namespace

void SnappedLines::move(std::size_t outline, const geo::VertexId& vertex, geo::Point from, geo::Point to) {
    m_states[outline].moved[vertex] = to;
    m_followed.emplace(from, to);
}

const geo::Point* SnappedLines::followed(geo::Point place) const {
    const auto found = m_followed.find(place);
    return found != m_followed.end() ? &found->second : nullptr;
}

void SnappedLines::putBetween(std::size_t outline, const geo::VertexId& edge, geo::Point after,
                              const geo::Ring& points) {
    geo::Ring& between = m_states[outline].between[edge];
    const auto found = std::find(between.begin(), between.end(), after);
    between.insert(found != between.end() ? found + 1 : between.begin(), points.begin(), points.end());
}

geo::Point SnappedLines::putOnLines(geo::Point point) {
    struct Piece {
        std::size_t outline;
        geo::VertexId edge;
        geo::Point a;
    };
    std::vector<Piece> pieces;
    const geo::Point* same = nullptr;
    geo::Point there;
    const geo::Extent box{point.x, point.y, point.x, point.y};
    visitDone(box.grown(onLine), [&](std::size_t outline, const geo::Edge& edge, geo::Point a, geo::Point b) {
        for (const geo::Point& end : {a, b}) {
            if (geo::distance(point, end) <= onLine) {
                there = end;
                same = &there;
            }
        }
        if (a != b && geo::distanceToSegment(point, a, b) <= onLine) {
            pieces.push_back({outline, edge.from, a});
        }
    });
    const geo::Point put = same != nullptr ? there : point;
    for (const Piece& piece : pieces) {
        const geo::Ring& ring = geo::ringOf(m_lines.shape(piece.outline), piece.edge.part, piece.edge.ring);
        const auto at = static_cast<std::size_t>(piece.edge.index);
        bool hasIt = false;
        visitPieces(piece.outline, {piece.edge, ring[at], ring[at + 1 < ring.size() ? at + 1 : 0]},
                    [&](geo::Point a, geo::Point b) { hasIt = hasIt || a == put || b == put; });
        if (!hasIt) {
            putBetween(piece.outline, piece.edge, piece.a, {put});
        }
    }
    return put;
}

geo::MultiPolygon SnappedLines::shape(std::size_t outline) const {
    geo::MultiPolygon result = m_lines.shape(outline);
    const State& state = m_states[outline];
    geo::forEachRing(result, [&](geo::Ring& ring, int part, int number) {
        std::vector<Placed> placed;
        bool isTouched = false;
        for (std::size_t i = 0; i < ring.size(); ++i) {
            const geo::VertexId vertex{part, number, static_cast<int>(i)};
            const auto moved = state.moved.find(vertex);
            placed.push_back(moved != state.moved.end() ? Placed{moved->second, true}
                                                        : Placed{ring[i], false});
            if (const geo::Ring* points = between(outline, vertex)) {
                for (const geo::Point& point : *points) {
                    placed.push_back({point, true});
                    isTouched = true;
                }
            }
            isTouched = isTouched || moved != state.moved.end();
        }
        if (isTouched) {
            ring = cleaned(std::move(placed));
        }
    });
    return result;
}

} // namespace nunatak::editing
