// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "editing/draft.h"
#include "geo/edge_index.h"

#include <map>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

namespace nunatak::editing {

/// Points that lie on edges of a shape (onLine, boundaries.h) and are no ends of theirs, as vertices of it.
class PointsOnShape {
public:
    void add(geo::Point point, const geo::MultiPolygon& shape, const geo::EdgeIndex& index);
    std::vector<RingSplice> splices();

private:
    /// By part, ring and edge: the share along the edge, and the point.
    std::map<std::tuple<int, int, int>, std::vector<std::pair<double, geo::Point>>> m_points;
};

/// Points of one outline that come to lie on the lines of others, as vertices of these, so that what is one
/// line stays one.
class PointsOnLines {
public:
    /// `draft` outlives this. Points are of the outline `own`, which gets none itself.
    PointsOnLines(const Draft& draft, const outlines::OutlineRef& own) : m_draft(draft), m_own(own) {}

    /// Looks for edges of other outlines that the point lies on.
    void add(geo::Point point);
    /// What becomes of these outlines; once.
    std::vector<Reshape> reshapes();

private:
    const Draft& m_draft;
    outlines::OutlineRef m_own;
    std::map<std::string, PointsOnShape> m_points; ///< by outline
};

} // namespace nunatak::editing
