// SPDX-License-Identifier: GPL-3.0-or-later
#include "editing/redraw.h"

#include "editing/boundary_chains.h"
#include "editing/gate_neighbours.h"
#include "editing/nearest.h"
#include "editing/paths.h"
#include "editing/redraw_beside.h"
#include "editing/redraw_openings.h"
#include "editing/redraw_rings.h"
#include "editing/reshape.h"
#include "geo/rings.h"
#include "geo/segments.h"
#include "outlines/outline_name.h"

#include <algorithm>
#include <optional>
#include <utility>

namespace nunatak::editing {

namespace {

/// The vertices that a splice takes away.
geo::Ring goingWith(const RingSplice& splice, const geo::MultiPolygon& shape) {
    const geo::Ring& ring = geo::ringOf(shape, splice.part, splice.ring);
    geo::Ring going;
    for (std::size_t i = 0; i < splice.removed; ++i) {
        going.push_back(ring[(splice.first + i) % ring.size()]);
    }
    return going;
}

/// Whether others have a piece of the lines that go.
bool isShared(const Draft& draft, const outlines::OutlineRef& ref, const geo::MultiPolygon& shape,
              const std::vector<RingSplice>& splices) {
    LineChanges lines(shape, splices, Line::Another);
    for (const SharedRing& ring : sharedRings(draft, ref, lines)) {
        for (const Chain& chain : chainsOf(ring, lines)) {
            if (ring.ref != ref && std::any_of(chain.edges.begin(), chain.edges.end(),
                                               [](const Chain::Edge& edge) { return edge.isShared; })) {
                return true;
            }
        }
    }
    return false;
}

/// The vertex that is in a place already, of the outline or of one beside it.
std::optional<geo::Point> vertexIn(const Draft& draft, const outlines::OutlineRef& ref, geo::Point place) {
    const geo::Extent there = geo::Extent{place.x, place.y, place.x, place.y}.grown(onLine);
    std::optional<NearVertex> nearest;
    for (const outlines::OutlineHandle& near : draft.near(ref.layer, there)) {
        const auto vertex = nearestVertex(near->geometry, *draft.indices().of(near), place, onLine);
        if (vertex && takesGround(*near) && (!nearest || vertex->distance < nearest->distance)) {
            nearest = vertex;
        }
    }
    return nearest ? std::optional(nearest->point) : std::nullopt;
}

/// Where a line begins, ends or crosses another beside a vertex, in its last digits, it does so in the
/// vertex.
void settle(const Draft& draft, const outlines::OutlineRef& ref, const geo::MultiPolygon& shape,
            Excursion& excursion) {
    const auto settleAt = [&](StrokeMeeting& meeting) {
        if (meeting.along == 0) {
            return;
        }
        const auto known = vertexIn(draft, ref, meeting.point);
        if (!known) {
            return;
        }
        std::replace(excursion.line.begin(), excursion.line.end(), meeting.point, *known);
        meeting.point = *known;
        const geo::Ring& ring = geo::ringOf(shape, meeting.edge.part, meeting.edge.ring);
        const auto from = static_cast<std::size_t>(meeting.edge.index);
        for (const std::size_t end : {from, (from + 1) % ring.size()}) {
            if (geo::distance(ring[end], *known) <= onLine) {
                std::replace(excursion.line.begin(), excursion.line.end(), *known, ring[end]);
                meeting.edge.index = static_cast<int>(end);
                meeting.along = 0;
                meeting.point = ring[end];
                return;
            }
        }
    };
    settleAt(excursion.from);
    settleAt(excursion.to);
    std::for_each(excursion.crossings.begin(), excursion.crossings.end(), settleAt);
    if (excursion.from.point == excursion.to.point) {
        throw Unfinished("The line must come back.", excursion.from.point);
    }
    geo::Ring& line = excursion.line;
    line.erase(std::unique(line.begin(), line.end(),
                           [](geo::Point a, geo::Point b) { return geo::distance(a, b) <= onLine; }),
               line.end());
    if (line.back() != excursion.to.point && geo::distance(line.back(), excursion.to.point) <= onLine) {
        line.back() = excursion.to.point; // not the one before it
    }
}

/// Vertices where the line crosses other rings, for all whose lines these are.
void insertCrossings(Draft& draft, const outlines::OutlineRef& ref, std::vector<StrokeMeeting> crossings) {
    std::vector<RingSplice> splices = verticesAt(std::move(crossings));
    // From the back, so that the numbers of those before stay true.
    std::reverse(splices.begin(), splices.end());
    for (RingSplice& splice : splices) {
        for (std::size_t i = splice.added.size(); i-- > 0;) {
            reshape(draft, ref, {{splice.part, splice.ring, splice.first, 0, {splice.added[i]}}},
                    Neighbours::Together, Line::Same);
        }
    }
}

/// A line that crosses others of the outline, for all who share it.
void redrawAcross(Draft& draft, const outlines::OutlineRef& ref, const std::vector<Excursion>& excursions,
                  bool isShared) {
    const geo::MultiPolygon shape = draft.require(ref)->geometry;
    geo::MultiPolygon crossed = withCrossedRings(shape, excursions);
    insertCrossings(draft, ref, excursions.front().crossings);
    if (!isShared) {
        draft.reshape(ref, std::move(crossed));
        return;
    }
    const NeighboursLine line = aroundHoles(draft.require(ref)->geometry, excursions.front());
    reshapeTogether(
        draft, ref, {spliceOf(line.excursion, shape)}, Line::Another,
        [&](geo::MultiPolygon drawn) { return inOrderOf(shape, throughHoles(std::move(drawn), line)); });
}

/// The same for the outline alone, up to the lines of others or refused there.
void redrawAcrossAlone(Draft& draft, const outlines::OutlineRef& ref,
                       const std::vector<Excursion>& excursions, Neighbours neighbours) {
    const geo::MultiPolygon shape = draft.require(ref)->geometry;
    geo::MultiPolygon crossed = withCrossedRings(shape, excursions);
    if (neighbours != Neighbours::NoOverlap || draft.mayOverlap(ref.layer)) {
        draft.reshape(ref, std::move(crossed));
        return;
    }
    try {
        draft.reshape(ref, crossed);
    } catch (const Refused& refused) {
        throwIfWorse(shape, crossed);
        reshapeUpToOthers(draft, ref, excursions, refused, [&](const std::vector<Excursion>& drawn) {
            return withCrossedRings(shape, drawn);
        });
    }
}

} // namespace

Redrawn redraw(Draft draft, const outlines::OutlineRef& ref, const Stroke& stroke, Neighbours neighbours) {
    const outlines::OutlineHandle outline = requireArea(draft, ref);
    RedrawPlan plan = planRedraw(outline->geometry, *draft.indices().of(outline), stroke);
    return redraw(std::move(draft), ref, std::move(plan), neighbours, "Redraw ");
}

Redrawn redraw(Draft draft, const outlines::OutlineRef& ref, RedrawPlan plan, Neighbours neighbours,
               const std::string& what) {
    const outlines::OutlineHandle outline = requireArea(draft, ref);
    const EdgeIndices::Index index = draft.indices().of(outline);
    const geo::MultiPolygon& shape = outline->geometry;
    std::vector<RingSplice> splices;
    bool crosses = false;
    for (Excursion& excursion : plan.excursions) {
        settle(draft, ref, shape, excursion);
        splices.push_back(spliceOf(excursion, shape));
        crosses = crosses || !excursion.crossings.empty();
    }
    const bool changes = std::any_of(splices.begin(), splices.end(), [&](const RingSplice& splice) {
        return goingWith(splice, shape) != splice.added;
    });
    if (!changes) {
        throw Unfinished("That is the line already.", plan.excursions.front().from.point);
    }
    if (crosses) {
        if (neighbours == Neighbours::Together && takesGround(*outline)) {
            redrawAcross(draft, ref, plan.excursions, isShared(draft, ref, shape, splices));
        } else {
            redrawAcrossAlone(draft, ref, plan.excursions, neighbours);
        }
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
    return {draft.edit(what + withNeighbours(draft, ref, outlines::nameInSentence(*outline)), ref),
            std::move(plan.unused)};
}

} // namespace nunatak::editing
