// SPDX-License-Identifier: GPL-3.0-or-later
#include "editing/holes.h"

#include "editing/gate.h"
#include "editing/region.h"
#include "editing/reshape.h"
#include "geo/rings.h"
#include "outlines/outline_name.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace nunatak::editing {

namespace {

bool haveSameOuterLines(const geo::MultiPolygon& a, const geo::MultiPolygon& b) {
    return std::equal(
        a.begin(), a.end(), b.begin(), b.end(),
        [](const geo::Polygon& one, const geo::Polygon& other) { return one.outer == other.outer; });
}

} // namespace

HoleCut cutHole(Draft draft, const outlines::OutlineRef& ref, const geo::Ring& ring, Neighbours neighbours) {
    const outlines::OutlineHandle before = draft.require(ref);
    layRegion(draft, ref, regionWithin(ring), Ground::Remove, neighbours);
    const geo::MultiPolygon& after = draft.require(ref)->geometry;
    HoleCut cut;
    cut.isHole = haveSameOuterLines(before->geometry, after);
    const std::string name = withNeighbours(draft, ref, outlines::nameInSentence(*before));
    cut.edit = draft.edit((cut.isHole ? "Cut a hole into " : "Take a piece off ") + name, ref);
    return cut;
}

Edit fillHole(Draft draft, const outlines::OutlineRef& ref, geo::Point place, Neighbours neighbours) {
    const outlines::OutlineHandle before = draft.require(ref);
    const geo::Ring* hole = nullptr;
    double least = std::numeric_limits<double>::infinity();
    geo::forEachRing(before->geometry, [&](const geo::Ring& ring, int, int number) {
        if (number > 0 && !ring.empty() && geo::isInside(ring, place)) {
            if (const double area = std::abs(geo::signedArea(ring)); area < least) {
                least = area;
                hole = &ring;
            }
        }
    });
    if (hole == nullptr) {
        throw Refused("There is no hole here.", place);
    }
    layRegion(draft, ref, {{*hole, {}}}, Ground::Add, neighbours);
    return draft.edit("Fill a hole of " + withNeighbours(draft, ref, outlines::nameInSentence(*before)), ref);
}

} // namespace nunatak::editing
