// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "editing/ring_splice.h"
#include "geo/polygon.h"

#include <memory>
#include <span>
#include <utility>
#include <vector>

namespace nunatak::editing {

/// The edges in which an outline is another than before, each named by the vertex it begins at.
struct ChangedEdges {
    std::vector<geo::VertexId> going;          ///< of the shape before
    std::vector<geo::VertexId> coming;         ///< of the shape after
    std::vector<std::pair<int, int>> newRings; ///< part, ring of the shape after, of which no edge was there
};

/// What these splices change in a shape.
ChangedEdges changedEdges(const geo::MultiPolygon& before, std::span<const RingSplice> splices);
/// The same by comparing; costs a walk along both.
ChangedEdges changedEdges(const geo::MultiPolygon& before, const geo::MultiPolygon& after);

/// The edges of outlines of which others are made, such as pieces of one: what is new in each of these costs
/// a walk along it alone.
class EdgesThere {
public:
    explicit EdgesThere(std::span<const geo::MultiPolygon* const> shapes);
    /// What comes in such a shape; nothing goes.
    ChangedEdges comingIn(const geo::MultiPolygon& shape) const;

private:
    struct Set;
    std::shared_ptr<const Set> m_set;
};

} // namespace nunatak::editing
