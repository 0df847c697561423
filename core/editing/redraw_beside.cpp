// SPDX-License-Identifier: GPL-3.0-or-later
#include "editing/redraw_beside.h"

#include "editing/gate.h"
#include "editing/gate_neighbours.h"
#include "editing/redraw_rings.h"
#include "editing/stroke_meetings.h"
#include "geo/rings.h"
#include "geo/shape_operations.h"

#include <algorithm>
#include <set>
#include <utility>

namespace nunatak::editing {

namespace {

using outlines::OutlineHandle;

bool hasRingIn(const geo::Ring& area, const OutlineHandle& outline) {
    return std::any_of(outline->geometry.begin(), outline->geometry.end(), [&](const geo::Polygon& part) {
        return std::any_of(part.outer.begin(), part.outer.end(),
                           [&](geo::Point point) { return geo::isInside(area, point); });
    });
}

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

} // namespace

std::vector<OutlineHandle> enteredBy(const Draft& draft, const outlines::OutlineRef& ref,
                                     const std::vector<Excursion>& excursions,
                                     const geo::MultiPolygon& shape) {
    std::vector<OutlineHandle> entered;
    if (draft.mayOverlap(ref.layer)) {
        return entered;
    }
    geo::Extent box;
    std::vector<geo::Ring> areas;
    for (const Excursion& excursion : excursions) {
        areas.push_back(areaBetween(excursion, shape));
        box.include(geo::extentOf({{areas.back(), {}}}));
    }
    for (const OutlineHandle& near : draft.near(ref.layer, box)) {
        if (near->uuid == ref.uuid || !takesGround(*near)) {
            continue;
        }
        bool isEntered = false;
        for (std::size_t i = 0; i < excursions.size() && !isEntered; ++i) {
            const Excursion& excursion = excursions[i];
            const auto meetings = meetingsOf(near->geometry, *draft.indices().of(near), excursion.line);
            isEntered = std::any_of(meetings.begin(), meetings.end(),
                                    [&](const StrokeMeeting& meeting) {
                                        return meeting.point != excursion.from.point &&
                                               meeting.point != excursion.to.point;
                                    }) ||
                        hasRingIn(areas[i], near);
        }
        if (isEntered) {
            entered.push_back(near);
        }
    }
    return entered;
}

std::vector<RingSplice> shareCrossings(const Draft& draft, const OutlineHandle& outline,
                                       std::vector<Excursion>& excursions) {
    std::vector<StrokeMeeting> crossings;
    for (Excursion& excursion : excursions) {
        auto meetings = meetingsOf(outline->geometry, *draft.indices().of(outline), excursion.line);
        excursion.line = withVertices(excursion.line, meetings);
        crossings.insert(crossings.end(), meetings.begin(), meetings.end());
    }
    return verticesAt(std::move(crossings));
}

geo::MultiPolygon withoutGroundOf(const std::vector<OutlineHandle>& others, const geo::MultiPolygon& drawn,
                                  const geo::MultiPolygon& before) {
    geo::MultiPolygon left = drawn;
    for (const OutlineHandle& other : others) {
        left = geo::difference(left, other->geometry);
    }
    std::set<std::pair<double, double>> known;
    geo::forEachVertex(before,
                       [&](const geo::VertexId&, geo::Point point) { known.emplace(point.x, point.y); });
    std::erase_if(left, [&](const geo::Polygon& part) {
        return std::none_of(part.outer.begin(), part.outer.end(), [&](geo::Point point) {
            return known.contains({point.x, point.y});
        });
    });
    if (left.empty()) {
        throw Refused("Nothing of it would stay.", std::nullopt);
    }
    return inOrderOf(before, std::move(left));
}

} // namespace nunatak::editing
