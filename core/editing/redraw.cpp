// SPDX-License-Identifier: GPL-3.0-or-later
#include "editing/redraw.h"

#include "editing/boundaries.h"
#include "editing/redraw_beside.h"
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

/// The outline as drawn, up to the lines of others, on which the new line has its vertices.
std::vector<Reshape> stoppedAt(const std::vector<outlines::OutlineHandle>& others, const Draft& draft,
                               const outlines::OutlineRef& ref, std::vector<Excursion> excursions) {
    const geo::MultiPolygon& shape = draft.require(ref)->geometry;
    std::vector<Reshape> changes{{ref, {}}};
    for (const outlines::OutlineHandle& other : others) {
        if (auto splices = shareCrossings(draft, other, excursions); !splices.empty()) {
            changes.push_back({{ref.layer, other->uuid}, std::move(splices)});
        }
    }
    std::vector<outlines::OutlineHandle> ground;
    for (const outlines::OutlineHandle& other : others) {
        outlines::Outline shared = *other;
        for (const Reshape& change : changes) {
            if (change.ref.uuid == other->uuid) {
                applySplices(change.splices, shared.geometry);
            }
        }
        ground.push_back(outlines::share(std::move(shared)));
    }
    geo::MultiPolygon drawn = shape;
    if (std::any_of(excursions.begin(), excursions.end(),
                    [](const Excursion& excursion) { return !excursion.crossings.empty(); })) {
        drawn = withCrossedRings(shape, excursions);
        throwIfWorse(shape, drawn);
    } else {
        const EdgeIndices::Index index = draft.indices().of(draft.require(ref));
        std::vector<RingSplice> splices;
        for (const Excursion& excursion : excursions) {
            splices.push_back(spliceOf(excursion, shape));
        }
        const LeftBehind left = leftBehind(shape, *index, excursions);
        if (left.empty()) {
            throwIfWorse(shape, *index, splices); // which says why
        }
        removeLeftBehind(left, drawn, splices);
        applySplices(splices, drawn);
        throwIfWorse(shape, drawn);
    }
    changes.front().shape = withoutGroundOf(ground, drawn, shape);
    return changes;
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
    const auto others = neighbours == Neighbours::NoOverlap ? enteredBy(draft, ref, plan.excursions, shape)
                                                            : std::vector<outlines::OutlineHandle>();
    if (!others.empty()) {
        draft.reshape(stoppedAt(others, draft, ref, plan.excursions));
    } else if (crosses) {
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
