// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "geo/box_tree.h"
#include "geo/polygon.h"

#include <algorithm>
#include <cstddef>
#include <vector>

namespace nunatak::geo {

/// An edge of a shape, named by the vertex it begins at; it ends at the ring's next one.
struct Edge {
    VertexId from;
    Point a;
    Point b;
};

/// Where the edges of one shape are. Holds no coordinates: what asks gives the shape that it was made of.
/// Asking costs what is found and the height of a tree, on a ring of 100 as on one of 100,000 vertices.
class EdgeIndex {
public:
    explicit EdgeIndex(const MultiPolygon& shape);

    /// One vertex is elsewhere in `shape` now; costs the height of the tree.
    void vertexMoved(const MultiPolygon& shape, const VertexId& vertex);
    /// This ring has other vertices now; costs a walk along it.
    void ringChanged(const MultiPolygon& shape, int part, int ring);

    /// Calls visit(edge) for each edge whose box meets the area, borders included.
    template <typename Visit> void visit(const MultiPolygon& shape, const Extent& area, Visit&& visit) const {
        m_rings.visit(area, [&](std::size_t number) {
            const IndexedRing& indexed = m_indexed[number];
            const Ring& ring = ringOf(shape, indexed.part, indexed.ring);
            indexed.runs.visit(area, [&](std::size_t run) {
                const std::size_t end = std::min(ring.size(), (run + 1) * runLength);
                for (std::size_t i = run * runLength; i < end; ++i) {
                    const Edge edge{{indexed.part, indexed.ring, static_cast<int>(i)},
                                    ring[i],
                                    ring[i + 1 < ring.size() ? i + 1 : 0]};
                    if (boxOf(edge.a, edge.b).intersects(area)) {
                        visit(edge);
                    }
                }
            });
        });
    }

    /// Calls visit(part, ring) for each ring whose box meets the area.
    template <typename Visit> void visitRings(const Extent& area, Visit&& visit) const {
        m_rings.visit(area,
                      [&](std::size_t number) { visit(m_indexed[number].part, m_indexed[number].ring); });
    }

    std::size_t rings() const { return m_indexed.size(); }

    /// The direction of a ring. Costs the height of the tree, unless its leftmost place is doubtful.
    bool isCounterClockwise(const MultiPolygon& shape, int part, int ring) const;

private:
    static constexpr std::size_t runLength = 8;

    struct IndexedRing {
        int part = 0;
        int ring = 0;
        BoxTree runs; ///< of `runLength` edges each
    };

    static Extent boxOf(Point a, Point b) {
        return {std::min(a.x, b.x), std::min(a.y, b.y), std::max(a.x, b.x), std::max(a.y, b.y)};
    }
    static Extent runBox(const Ring& ring, std::size_t run);
    static BoxTree runsOf(const Ring& ring);
    std::size_t numberOf(int part, int ring) const;

    std::vector<IndexedRing> m_indexed; ///< in the order of forEachRing()
    std::vector<std::size_t> m_firstOfPart;
    BoxTree m_rings;
};

enum class Where { Outside, Boundary, Inside };
/// Where a point lies by the even-odd rule. Exact; costs the edges east of it on its height, not the ring.
Where whereIs(Point point, const MultiPolygon& shape, const EdgeIndex& index);

} // namespace nunatak::geo
