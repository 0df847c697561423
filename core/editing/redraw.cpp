// SPDX-License-Identifier: GPL-3.0-or-later
#include "editing/redraw.h"

#include "editing/redraw_rings.h"
#include "geo/rings.h"
#include "outlines/outline_name.h"

#include <algorithm>
#include <utility>

namespace nunatak::editing {

Redrawn redraw(Draft draft, const outlines::OutlineRef& ref, const Stroke& stroke) {
    const outlines::OutlineHandle outline = draft.require(ref);
    const EdgeIndices::Index index = draft.indices().of(outline);
    const geo::MultiPolygon& shape = outline->geometry;
    RedrawPlan plan = planRedraw(shape, *index, stroke);

    std::vector<RingSplice> splices;
    bool isWhole = false; // no vertex of a ring stays
    bool crosses = false;
    for (const Excursion& excursion : plan.excursions) {
        splices.push_back(spliceOf(excursion, shape));
        const RingSplice& splice = splices.back();
        isWhole = isWhole || splice.removed == geo::ringOf(shape, splice.part, splice.ring).size();
        crosses = crosses || !excursion.crossings.empty();
    }
    const bool changes = std::any_of(splices.begin(), splices.end(), [](const RingSplice& splice) {
        return splice.removed > 0 || !splice.added.empty();
    });
    if (!changes) {
        throw Unfinished("That is the line already.", plan.excursions.front().from.point);
    }
    if (crosses) {
        draft.reshape(ref, withCrossedRings(shape, plan.excursions));
    } else {
        outlines::Outline without = *outline;
        const LeftBehind left = leftBehind(shape, *index, plan.excursions);
        removeLeftBehind(left, without.geometry, splices);
        // Only where the outline without what goes is valid can the gate compare with it.
        const bool isSimple = plan.excursions.size() == 1 && left.swallowed.empty() && shape.size() == 1;
        if (isWhole || (!left.empty() && !isSimple)) {
            applySplices(splices, without.geometry);
            draft.reshape(ref, std::move(without.geometry));
        } else {
            if (!left.empty()) {
                draft.put(ref.layer, std::move(without));
            }
            draft.reshape(ref, std::move(splices));
        }
    }
    return {draft.edit("Redraw " + outlines::nameInSentence(*outline), ref), std::move(plan.unused)};
}

} // namespace nunatak::editing
