// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "editing/line_nodes.h"
#include "editing/overlapping_lines.h"
#include "geo/polygon.h"

#include <span>
#include <vector>

// Lines that are cut at each other before ground changes hands, and tidied afterwards.
namespace nunatak::editing {

/// Shapes with a vertex wherever their lines meet those of outlines, or each other's, the same to the last
/// bit; nodes: what of the outlines these are.
struct CutAtEachOther {
    std::vector<geo::MultiPolygon> laid;      ///< as many as were given
    std::vector<geo::MultiPolygon> outlines;  ///< as many as were given
    std::vector<std::vector<LineNode>> nodes; ///< of each outline, see Noded
};
/// Throws Refused where a ring is no wider than rounding.
CutAtEachOther cutAtEachOther(const std::vector<geo::MultiPolygon>& laid, std::span<const Indexed> outlines);

/// An outline that becomes another one.
struct Becoming {
    geo::MultiPolygon before; ///< empty: it is new
    geo::MultiPolygon after;
};
/// Without vertices that came on straight stretches and that no line of any of them turns or ends at.
void dropNeedless(std::vector<Becoming>& all);

/// Without parts that came and are no wider than this.
geo::MultiPolygon withoutSlivers(const geo::MultiPolygon& before, geo::MultiPolygon after, double width);

/// How much of the edges of a part's rings lie on the lines of an outline, in units of the coordinates.
double lengthOn(const geo::Polygon& part, const Indexed& outline);

} // namespace nunatak::editing
