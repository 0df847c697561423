// SPDX-License-Identifier: GPL-3.0-or-later
#include "editing/new_glacier.h"

#include "editing/boundaries.h"
#include "editing/gate_neighbours.h"
#include "editing/nearest.h"
#include "editing/overlapping_lines.h"
#include "editing/redraw_plan.h"
#include "editing/region.h"
#include "geo/rings.h"
#include "geo/segments.h"
#include "outlines/side_kind.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <optional>
#include <utility>

namespace nunatak::editing {

namespace {

using outlines::OutlineHandle;

/// An end of a line on the edge of an outline.
struct Landing {
    geo::Point point;
    geo::Edge edge;
};

/// Along the edges of outlines that lie beside each other, on the outside of all.
class Coast {
public:
    Coast(const Draft& draft, const std::string& layer) : m_draft(draft), m_layer(layer) {}

    std::optional<Landing> landing(geo::Point place, double reach) const {
        std::optional<Landing> nearest;
        double least = reach;
        const geo::Extent area{place.x - reach, place.y - reach, place.x + reach, place.y + reach};
        for (const OutlineHandle& outline : m_draft.near(m_layer, area)) {
            const auto near =
                takesGround(*outline)
                    ? nearestEdge(outline->geometry, *m_draft.indices().of(outline), place, least)
                    : std::nullopt;
            if (near && (!nearest || near->distance < least)) {
                least = near->distance;
                nearest = Landing{near->point, edgeAt(outline->geometry, near->from)};
            }
        }
        return nearest;
    }

    /// The vertices towards which an edge leads from there.
    std::vector<geo::Point> waysFrom(const Landing& from) const {
        std::vector<geo::Point> ways;
        for (const geo::Point end : {from.edge.a, from.edge.b}) {
            if (end != from.point) {
                ways.push_back(end);
            } else if (const auto next = after(from.point == from.edge.a ? from.edge.b : from.edge.a, end)) {
                ways.push_back(*next);
            }
        }
        return ways;
    }

    /// From one place to another, beginning towards `next`; empty where that leads nowhere.
    geo::Ring walk(const Landing& from, geo::Point next, const Landing& to) const {
        geo::Ring way{from.point};
        if (isOnEdge(to, from.point, next) && from.point != to.point) {
            way.push_back(to.point);
            return way;
        }
        geo::Point last = next == from.edge.a ? from.edge.b : next == from.edge.b ? from.edge.a : from.point;
        for (std::size_t steps = 0; steps < mostSteps; ++steps) {
            way.push_back(next);
            if (next == to.point) {
                return way;
            }
            const std::optional<geo::Point> further = after(last, next);
            if (!further) {
                return {};
            }
            last = next;
            next = *further;
            if (isOnEdge(to, last, next)) {
                way.push_back(to.point);
                return way;
            }
            if (isOnEdge(from, last, next)) {
                return {}; // once around
            }
        }
        return {};
    }

private:
    static constexpr std::size_t mostSteps = 1000000;

    static bool isOnEdge(const Landing& landing, geo::Point a, geo::Point b) {
        return (landing.edge.a == a && landing.edge.b == b) || (landing.edge.a == b && landing.edge.b == a);
    }

    /// The vertex that follows on the outside; none where the outside is in doubt.
    std::optional<geo::Point> after(geo::Point last, geo::Point here) const {
        std::map<std::pair<double, double>, std::pair<geo::Point, int>> ends;
        for (const Owner& owner : ownersOf(m_draft, m_layer, here)) {
            const geo::Ring& ring =
                geo::ringOf(m_draft.require(owner.ref)->geometry, owner.vertex.part, owner.vertex.ring);
            const auto at = static_cast<std::size_t>(owner.vertex.index);
            for (const geo::Point& end :
                 {ring[(at + 1) % ring.size()], ring[(at + ring.size() - 1) % ring.size()]}) {
                auto& [point, count] = ends[{end.x, end.y}];
                point = end;
                ++count;
            }
        }
        std::optional<geo::Point> next;
        for (const auto& [key, end] : ends) {
            if (end.second == 1 && end.first != last) { // of one outline alone: outside
                if (next) {
                    return std::nullopt;
                }
                next = end.first;
            }
        }
        return next;
    }

    const Draft& m_draft;
    const std::string& m_layer;
};

double areaOf(const geo::Ring& line, const geo::Ring& way) {
    geo::Ring ring = line;
    ring.insert(ring.end(), way.begin(), way.end());
    return std::abs(geo::signedArea(ring));
}

} // namespace

Edit newGlacier(Draft draft, const std::string& layer, const geo::Ring& ring, const outlines::Outline& like,
                Neighbours neighbours) {
    outlines::Outline outline = like;
    outline.uuid = outlines::makeUuid();
    outline.geometry.clear(); // the gate looks at what comes
    outline.review = outlines::Review::NotReviewed;
    outline.reviewRecord = {};
    const outlines::OutlineRef ref{layer, outline.uuid};
    const outlines::SideKind* kind = outlines::sideKindOf(like);
    const std::string name = !like.name.empty() ? like.name
                             : kind != nullptr  ? std::string(kind->one)
                                                : "a new glacier";
    draft.put(layer, std::move(outline));
    layRegion(draft, ref, regionWithin(ring), Ground::Add, neighbours);
    return draft.edit("Draw " + name, ref);
}

geo::Ring closedAlongOthers(const Draft& draft, const std::string& layer, geo::Ring line, double reach) {
    if (line.size() < 2) {
        throw Unfinished("A line needs two points.", std::nullopt);
    }
    const Coast coast(draft, layer);
    const auto start = coast.landing(line.front(), reach);
    const auto end = coast.landing(line.back(), reach);
    if (!start || !end) {
        throw Unfinished("The line must end at a glacier's edge.", start ? line.back() : line.front());
    }
    line.front() = start->point;
    line.back() = end->point;
    geo::Ring best;
    double least = std::numeric_limits<double>::infinity();
    for (const geo::Point next : coast.waysFrom(*end)) {
        const geo::Ring way = coast.walk(*end, next, *start);
        if (way.empty()) {
            continue;
        }
        if (const double area = areaOf(line, way); area < least) {
            least = area;
            best = way;
        }
    }
    if (best.empty()) {
        throw Unfinished("No edge leads from one end to the other.", line.back());
    }
    line.insert(line.end(), best.begin() + 1, best.end());
    if (line.front() == line.back()) {
        line.pop_back();
    }
    return line;
}

} // namespace nunatak::editing
