// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "editing/draft.h"

#include <map>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

namespace nunatak::editing {

/// Points of one outline that come to lie on the lines of others, as vertices of these, so that what is one
/// line stays one.
class PointsOnLines {
public:
    /// `draft` outlives this. Points are of the outline `own`, which gets none itself.
    PointsOnLines(const Draft& draft, const outlines::OutlineRef& own) : m_draft(draft), m_own(own) {}

    /// Looks for edges of other outlines that the point lies on (onLine, boundaries.h) and is no end of.
    void add(geo::Point point);
    /// What becomes of these outlines; once.
    std::vector<Reshape> reshapes();

private:
    const Draft& m_draft;
    outlines::OutlineRef m_own;
    /// By outline, part, ring and edge: the share along the edge, and the point.
    std::map<std::tuple<std::string, int, int, int>, std::vector<std::pair<double, geo::Point>>> m_points;
};

} // namespace nunatak::editing
