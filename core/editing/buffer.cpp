// SPDX-License-Identifier: GPL-3.0-or-later
#include "editing/buffer.h"

#include "base/error.h"
#include "editing/boundaries.h"
#include "editing/carried_over.h"
#include "editing/gate.h"
#include "editing/gate_neighbours.h"
#include "editing/paths.h"
#include "editing/region.h"
#include "editing/reshape.h"
#include "editing/simplify.h"
#include "geo/rings.h"
#include "geo/shape_operations.h"
#include "outlines/outline_name.h"

#include <cmath>
#include <utility>
#include <vector>

namespace nunatak::editing {

namespace {

using outlines::OutlineHandle;

/// The strip along the free edge that is less than the distance wide.
geo::MultiPolygon edgeOf(const Draft& draft, const std::string& layer, const OutlineHandle& outline,
                         double distance, Neighbours neighbours) {
    std::vector<geo::MultiPolygon> ice{outline->geometry};
    if (neighbours != Neighbours::Alone && takesGround(*outline) && !draft.mayOverlap(layer)) {
        for (const OutlineHandle& other : draft.near(layer, outline->extent().grown(distance))) {
            if (other != outline && takesGround(*other)) {
                ice.push_back(other->geometry);
            }
        }
    }
    const geo::MultiPolygon inner =
        geo::buffered(ice.size() > 1 ? geo::unionOf(ice) : ice.front(), -distance);
    return geo::difference(outline->geometry, inner);
}

} // namespace

Edit buffer(Draft draft, const outlines::OutlineRef& ref, double distance, Neighbours neighbours,
            double groundMetres) {
    const OutlineHandle outline = requireArea(draft, ref);
    if (!std::isfinite(distance) || distance == 0) {
        throw Error("A buffer has a width.");
    }
    const std::string name = outlines::nameInSentence(*outline);
    if (distance > 0) {
        layRegion(draft, ref, geo::buffered(outline->geometry, distance), Ground::Add, neighbours);
    } else {
        const geo::MultiPolygon strip = edgeOf(draft, ref.layer, outline, -distance, neighbours);
        if (strip.empty()) {
            throw Refused("It has no free edge.", std::nullopt);
        }
        const bool isAlone = neighbours == Neighbours::Alone;
        layRegion(draft, ref, strip, Ground::Remove, isAlone ? neighbours : Neighbours::NoOverlap);
    }
    return keepingDates(draft.edit((distance > 0 ? "Widen " : "Narrow ") + withNeighbours(draft, ref, name) +
                                       " by " + metresText(std::abs(distance) * groundMetres),
                                   ref));
}

} // namespace nunatak::editing
