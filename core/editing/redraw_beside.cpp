// SPDX-License-Identifier: GPL-3.0-or-later
#include "editing/redraw_beside.h"

#include "editing/boundaries.h"
#include "editing/common_ground.h"
#include "editing/gate_neighbours.h"
#include "editing/nearest.h"
#include "editing/places.h"
#include "editing/redraw_rings.h"
#include "editing/stroke_meetings.h"
#include "geo/rings.h"
#include "geo/segments.h"
#include "geo/shape_operations.h"

#include <algorithm>
#include <utility>

namespace nunatak::editing {

namespace {

using outlines::OutlineHandle;
using outlines::OutlineRef;

geo::Ring withVertices(const geo::Ring& line, const std::vector<StrokeMeeting>& meetings) {
    geo::Ring result;
    auto next = meetings.begin();
    for (std::size_t i = 0; i < line.size(); ++i) {
        if (result.empty() || line[i] != result.back()) {
            result.push_back(line[i]);
        }
        for (; next != meetings.end() && next->segment == i; ++next) {
            if (next->point != result.back() && (i + 1 == line.size() || next->point != line[i + 1])) {
                result.push_back(next->point);
            }
        }
    }
    return result;
}

/// Makes vertices of the places where the lines cross those of an outline. What that is for the outline.
std::vector<RingSplice> shareCrossings(const Draft& draft, const OutlineHandle& outline,
                                       std::vector<Excursion>& excursions) {
    const auto nearVertex = [&](geo::Point point) {
        return nearestVertex(outline->geometry, *draft.indices().of(outline), point, onLine);
    };
    std::vector<StrokeMeeting> crossings;
    for (Excursion& excursion : excursions) {
        // What only rounding sets apart is one place.
        for (std::size_t i = 1; i + 1 < excursion.line.size(); ++i) {
            if (const auto near = nearVertex(excursion.line[i])) {
                excursion.line[i] = near->point;
            }
        }
        auto meetings = meetingsOf(outline->geometry, *draft.indices().of(outline), excursion.line);
        for (StrokeMeeting& meeting : meetings) {
            if (meeting.along == 0) {
                continue;
            }
            if (const auto near = nearVertex(meeting.point)) {
                meeting.edge = near->vertex;
                meeting.along = 0;
                meeting.point = near->point;
                continue;
            }
            for (const std::size_t end : {meeting.segment, meeting.segment + 1}) {
                if (end < excursion.line.size() &&
                    geo::distance(meeting.point, excursion.line[end]) <= onLine) {
                    meeting.point = excursion.line[end];
                }
            }
        }
        excursion.line = withVertices(excursion.line, meetings);
        crossings.insert(crossings.end(), meetings.begin(), meetings.end());
    }
    return verticesAt(std::move(crossings));
}

/// The outline as drawn without the ground of others; nothing stays beyond them. Throws Refused.
geo::MultiPolygon withoutGroundOf(const std::vector<OutlineHandle>& others, const geo::MultiPolygon& drawn,
                                  const geo::MultiPolygon& before) {
    geo::MultiPolygon left = drawn;
    for (const OutlineHandle& other : others) {
        // Where both lay before they stay: that is elsewhere, and not what the hand does.
        constexpr double noOverlap = 1; // m²: less is rounding along a common line
        const bool overlapped = geo::planarArea(geo::intersection(before, other->geometry)) > noOverlap;
        left = geo::difference(left, overlapped ? geo::difference(other->geometry, before) : other->geometry);
    }
    if (left.size() > before.size()) {
        // What lies beyond has no ground that was there, but for what rounding makes of a common line.
        std::erase_if(left, [&](const geo::Polygon& part) {
            return geo::planarArea(geo::intersection({part}, before)) <=
                   2 * onLine * geo::ringLength(part.outer);
        });
    }
    if (left.empty()) {
        throw Refused("Nothing of it would stay.", std::nullopt);
    }
    return inOrderOf(before, std::move(left));
}

std::vector<OutlineHandle> overlappedBy(const Draft& draft, const OutlineRef& ref,
                                        const geo::MultiPolygon& before, const geo::MultiPolygon& drawn) {
    const geo::MultiPolygon came = geo::difference(drawn, before);
    std::vector<OutlineHandle> others;
    for (const OutlineHandle& near : draft.near(ref.layer, geo::extentOf(drawn))) {
        if (near->uuid != ref.uuid && takesGround(*near) &&
            geo::planarArea(geo::intersection(came, near->geometry)) > onLine) {
            others.push_back(near);
        }
    }
    return others;
}

/// True where nothing but rounding lies between two shapes.
bool isSameGround(const geo::MultiPolygon& a, const geo::MultiPolygon& b) {
    return notable(geo::difference(a, b)).empty() && notable(geo::difference(b, a)).empty();
}

/// A crossing that only rounding sets apart from a vertex of its line is that vertex.
void settleCrossings(Excursion& excursion) {
    for (StrokeMeeting& crossing : excursion.crossings) {
        for (const geo::Point& point : excursion.line) {
            if (geo::distance(point, crossing.point) <= onLine) {
                crossing.point = point;
            }
        }
    }
}

} // namespace

void reshapeUpToOthers(Draft& draft, const OutlineRef& ref, std::vector<Excursion> lines, const Refused& why,
                       const DrawnBy& drawnBy) {
    const OutlineHandle outline = draft.require(ref);
    const geo::MultiPolygon& before = outline->geometry;
    const std::vector<OutlineHandle> others = overlappedBy(draft, ref, before, drawnBy(lines));
    // Where lines cross, both have a vertex, so that what follows is the same bit by bit.
    std::vector<Reshape> changes{{ref, {}}};
    std::vector<OutlineHandle> ground;
    for (const OutlineHandle& other : others) {
        std::vector<RingSplice> crossings = shareCrossings(draft, other, lines);
        outlines::Outline shared = *other;
        applySplices(crossings, shared.geometry);
        ground.push_back(outlines::share(std::move(shared)));
        if (!crossings.empty()) {
            changes.push_back({{ref.layer, other->uuid}, std::move(crossings)});
        }
    }
    std::for_each(lines.begin(), lines.end(), settleCrossings);
    const geo::MultiPolygon drawn = drawnBy(lines);
    geo::MultiPolygon left = notable(withoutGroundOf(ground, drawn, before));
    for (geo::Polygon& part : left) {
        std::erase_if(part.holes, [](const geo::Ring& hole) { return isSliver({hole, {}}); });
    }
    Places known;
    const auto note = [&](const geo::VertexId&, geo::Point point) { known.add(point); };
    geo::forEachVertex(drawn, note);
    for (const OutlineHandle& other : ground) {
        geo::forEachVertex(other->geometry, note);
    }
    geo::forEachRing(left, [&](geo::Ring& ring, int, int) { known.putOnKnown(ring); });
    if (left.empty() || (others.empty() && isSameGround(left, before))) {
        throw why;
    }
    if (isSameGround(left, before)) {
        throw Refused("The line is at its neighbour's already.", why.place());
    }
    changes.front().shape = std::move(left);
    draft.reshape(std::move(changes));
}

} // namespace nunatak::editing
