// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "editing/edge_indices.h"
#include "geo/edge_index.h"
#include "geo/polygon.h"

#include <cstddef>
#include <optional>
#include <tuple>
#include <utility>
#include <vector>

// Where the lines of two outlines lie so that the outlines overlap: what the gate between outlines and the
// check of a layer both ask. To touch is not to overlap, and what rounding sets apart touches.
namespace nunatak::editing {

/// An outline with what finds its edges.
struct Indexed {
    const geo::MultiPolygon* shape = nullptr;
    EdgeIndices::Index index;
};
inline Indexed indexed(EdgeIndices& indices, const outlines::OutlineHandle& outline) {
    return {&outline->geometry, indices.of(outline)};
}

geo::Edge edgeAt(const geo::MultiPolygon& shape, const geo::VertexId& from);
geo::Extent boxOf(const geo::Edge& edge);

class Overlaps {
public:
    /// An edge of one outline and one of another. Turned: the pair is named the other way round.
    void look(const Indexed& one, const geo::Edge& edge, const Indexed& other, const geo::Edge& otherEdge,
              bool isTurned);

    /// Each place once, however many edges meet there.
    std::size_t count();
    bool empty() const { return m_crossings.empty() && m_touches.empty(); }
    const std::optional<geo::Point>& place() const { return m_place; }

private:
    using Key = std::tuple<int, int, int, int, int, int>;
    static Key key(const geo::Edge& one, const geo::Edge& other);
    void note(geo::Point place);

    std::vector<Key> m_crossings;
    std::vector<std::pair<double, double>> m_touches;
    std::optional<geo::Point> m_place;
};

/// Whether a ring lies within an outline whose line it does not cross.
bool liesWithin(const geo::Ring& ring, const Indexed& outline);

/// Whether two outlines have ground in common. Costs the edges that lie in both extents.
bool overlap(const Indexed& one, const Indexed& other, const geo::Extent& common);

} // namespace nunatak::editing
