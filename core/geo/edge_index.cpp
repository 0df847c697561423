// SPDX-License-Identifier: GPL-3.0-or-later
#include "geo/edge_index.h"

#include "geo/rings.h"
#include "geo/segments.h"

#include <limits>
#include <utility>

namespace nunatak::geo {

EdgeIndex::EdgeIndex(const MultiPolygon& shape) {
    std::vector<Extent> boxes;
    forEachRing(shape, [&](const Ring& ring, int part, int number) {
        if (number == 0) {
            m_firstOfPart.push_back(m_indexed.size());
        }
        m_indexed.push_back({part, number, runsOf(ring)});
        boxes.push_back(m_indexed.back().runs.extent());
    });
    m_rings = BoxTree(std::move(boxes));
}

Extent EdgeIndex::runBox(const Ring& ring, std::size_t run) {
    Extent box;
    // With the first vertex of the next run, where the last edge ends.
    const std::size_t end = std::min(ring.size(), (run + 1) * runLength);
    for (std::size_t i = run * runLength; i < end; ++i) {
        box.include(ring[i]);
    }
    box.include(ring[end < ring.size() ? end : 0]);
    return box;
}

BoxTree EdgeIndex::runsOf(const Ring& ring) {
    std::vector<Extent> boxes((ring.size() + runLength - 1) / runLength);
    for (std::size_t run = 0; run < boxes.size(); ++run) {
        boxes[run] = runBox(ring, run);
    }
    return BoxTree(std::move(boxes));
}

std::size_t EdgeIndex::numberOf(int part, int ring) const {
    return m_firstOfPart.at(static_cast<std::size_t>(part)) + static_cast<std::size_t>(ring);
}

void EdgeIndex::vertexMoved(const MultiPolygon& shape, const VertexId& vertex) {
    const std::size_t number = numberOf(vertex.part, vertex.ring);
    BoxTree& runs = m_indexed.at(number).runs;
    const Ring& ring = ringOf(shape, vertex.part, vertex.ring);
    const auto index = static_cast<std::size_t>(vertex.index);
    // The edge that ends at the vertex may be of the run before.
    for (const std::size_t edge : {index, (index + ring.size() - 1) % ring.size()}) {
        runs.set(edge / runLength, runBox(ring, edge / runLength));
    }
    m_rings.set(number, runs.extent());
}

void EdgeIndex::ringChanged(const MultiPolygon& shape, int part, int ring) {
    const std::size_t number = numberOf(part, ring);
    m_indexed.at(number).runs = runsOf(ringOf(shape, part, ring));
    m_rings.set(number, m_indexed[number].runs.extent());
}

bool EdgeIndex::isCounterClockwise(const MultiPolygon& shape, int part, int ring) const {
    const Ring& points = ringOf(shape, part, ring);
    const BoxTree& runs = m_indexed.at(numberOf(part, ring)).runs;
    constexpr double most = std::numeric_limits<double>::infinity();
    const double west = runs.extent().xmin;
    std::size_t first = points.size();
    bool isTwice = false;
    runs.visit({west, -most, west, most}, [&](std::size_t run) {
        for (std::size_t i = run * runLength; i < std::min(points.size(), (run + 1) * runLength); ++i) {
            if (points[i].x != west || (first < points.size() && points[i].y > points[first].y)) {
                continue;
            }
            isTwice = first < points.size() && points[i] == points[first];
            first = i;
        }
    });
    if (first < points.size() && !isTwice) {
        const Point before = points[(first + points.size() - 1) % points.size()];
        const Point after = points[(first + 1) % points.size()];
        if (const int turn = side(before, points[first], after); turn != 0) {
            return turn > 0;
        }
    }
    return signedArea(points) > 0;
}

Where whereIs(Point point, const MultiPolygon& shape, const EdgeIndex& index) {
    bool isOdd = false;
    bool isOnLine = false;
    const Extent east{point.x, point.y, std::numeric_limits<double>::infinity(), point.y};
    index.visit(shape, east, [&](const Edge& edge) {
        isOnLine = isOnLine || isOn(point, edge.a, edge.b);
        const bool rises = edge.b.y > edge.a.y;
        if ((edge.a.y > point.y) != (edge.b.y > point.y) && side(edge.a, edge.b, point) == (rises ? 1 : -1)) {
            isOdd = !isOdd;
        }
    });
    return isOnLine ? Where::Boundary : isOdd ? Where::Inside : Where::Outside;
}

} // namespace nunatak::geo
