// SPDX-License-Identifier: GPL-3.0-or-later
#include "editing/redraw.h"

#include "editing/boundaries.h"
#include "editing/redraw_rings.h"
#include "editing/reshape.h"
#include "geo/rings.h"
#include "outlines/outline_name.h"

#include <algorithm>
#include <utility>

namespace nunatak::editing {

namespace {

/// Holes are opened by rebuilding the outline, of which neighbours would know nothing.
void throwIfShared(const Draft& draft, const outlines::OutlineRef& ref, const geo::MultiPolygon& shape,
                   const std::vector<RingSplice>& splices) {
    for (const RingSplice& splice : splices) {
        const geo::Ring& ring = geo::ringOf(shape, splice.part, splice.ring);
        for (std::size_t i = 0; i < splice.removed; ++i) {
            const geo::Point point = ring[(splice.first + i) % ring.size()];
            const auto owners = ownersOf(draft, ref.layer, point);
            if (std::any_of(owners.begin(), owners.end(),
                            [&](const Owner& owner) { return owner.ref != ref; })) {
                throw Refused("Neighbours share this: draw around holes.", point);
            }
        }
    }
}

} // namespace

Redrawn redraw(Draft draft, const outlines::OutlineRef& ref, const Stroke& stroke, Neighbours neighbours) {
    const outlines::OutlineHandle outline = draft.require(ref);
    const EdgeIndices::Index index = draft.indices().of(outline);
    const geo::MultiPolygon& shape = outline->geometry;
    RedrawPlan plan = planRedraw(shape, *index, stroke);

    std::vector<RingSplice> splices;
    bool crosses = false;
    for (const Excursion& excursion : plan.excursions) {
        splices.push_back(spliceOf(excursion, shape));
        crosses = crosses || !excursion.crossings.empty();
    }
    const bool changes = std::any_of(splices.begin(), splices.end(), [](const RingSplice& splice) {
        return splice.removed > 0 || !splice.added.empty();
    });
    if (!changes) {
        throw Unfinished("That is the line already.", plan.excursions.front().from.point);
    }
    if (crosses) {
        if (neighbours == Neighbours::Together) {
            throwIfShared(draft, ref, shape, splices);
        }
        draft.reshape(ref, withCrossedRings(shape, plan.excursions));
    } else {
        const LeftBehind left = leftBehind(shape, *index, plan.excursions);
        if (!left.empty()) {
            outlines::Outline without = *outline;
            removeLeftBehind(left, without.geometry, splices);
            draft.put(ref.layer, std::move(without));
        }
        reshape(draft, ref, std::move(splices), neighbours, Line::Another);
        // Without its islands a hole that goes is no valid baseline for the gate.
        const bool isSimple = plan.excursions.size() == 1 && left.swallowed.empty() && shape.size() == 1;
        if (!left.empty() && !isSimple) {
            throwIfWorse(shape, draft.require(ref)->geometry);
        }
    }
    return {draft.edit("Redraw " + withNeighbours(draft, ref, outlines::nameInSentence(*outline)), ref),
            std::move(plan.unused)};
}

} // namespace nunatak::editing
