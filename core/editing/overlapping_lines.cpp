// SPDX-License-Identifier: GPL-3.0-or-later
#include "editing/overlapping_lines.h"

#include "editing/boundaries.h"
#include "editing/crossing.h"
#include "editing/nearest.h"
#include "geo/rings.h"
#include "geo/segments.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace nunatak::editing {

namespace {

/// What of the directions around a point belongs to an outline: counter-clockwise from an angle, so wide.
struct Sector {
    double from = 0;
    double width = 0;
    double reach = 0; ///< of the shorter edge
};

/// An angle from 0 to a whole turn.
double turned(double angle) {
    return angle < 0                       ? angle + 2 * std::numbers::pi
           : angle >= 2 * std::numbers::pi ? angle - 2 * std::numbers::pi
                                           : angle;
}

/// At a point of this edge, or so near to it as rounding brings it; at a vertex with the edge beside it, past
/// vertices in one place.
Sector sectorAt(const Indexed& of, const geo::Edge& edge, geo::Point at) {
    const geo::Ring& ring = geo::ringOf(*of.shape, edge.from.part, edge.from.ring);
    const std::size_t size = ring.size();
    const auto first = static_cast<std::size_t>(edge.from.index);
    geo::Point before = edge.a;
    geo::Point after = edge.b;
    for (std::size_t k = 1; k < size && geo::distance(before, at) <= onLine; ++k) {
        before = ring[(first + size - k) % size];
    }
    for (std::size_t k = 2; k < size && geo::distance(after, at) <= onLine; ++k) {
        after = ring[(first + k) % size];
    }
    const bool isLeft =
        of.index->isCounterClockwise(*of.shape, edge.from.part, edge.from.ring) == (edge.from.ring == 0);
    if (isLeft) {
        std::swap(before, after);
    }
    const double from = std::atan2(before.y - at.y, before.x - at.x);
    const double to = std::atan2(after.y - at.y, after.x - at.x);
    return {turned(from), turned(to - from), std::min(geo::distance(before, at), geo::distance(after, at))};
}

/// Whether two sectors have more in common than rounding can make of edges that lie on one another.
bool doOverlap(const Sector& one, const Sector& other) {
    const double offset = turned(other.from - one.from);
    const double here = std::min(one.width, offset + other.width) - offset;
    const double around = std::min(one.width, offset + other.width - 2 * std::numbers::pi);
    return std::max(here, around) > 2 * onLine / std::min(one.reach, other.reach);
}

bool contains(const Sector& sector, double angle) {
    return turned(angle - sector.from) <= sector.width;
}

/// The sectors of all rings of one part that come to a place: its ground there is what they have in common.
std::vector<Sector> sectorsAt(const Indexed& of, const geo::Edge& edge, geo::Point at) {
    std::vector<Sector> sectors{sectorAt(of, edge, at)};
    std::vector<int> rings{edge.from.ring};
    of.index->visit(*of.shape, geo::Extent{at.x, at.y, at.x, at.y}.grown(onLine), [&](const geo::Edge& met) {
        const bool isNew = met.from.part == edge.from.part &&
                           std::find(rings.begin(), rings.end(), met.from.ring) == rings.end();
        if (isNew && met.a != met.b && geo::distanceToSegment(at, met.a, met.b) <= onLine) {
            rings.push_back(met.from.ring);
            sectors.push_back(sectorAt(of, met, at));
        }
    });
    return sectors;
}

/// The same for outlines whose rings touch each other there, as a hole does its outer line.
bool doOverlap(const std::vector<Sector>& all) {
    std::vector<double> ends;
    double reach = all.front().reach;
    for (const Sector& sector : all) {
        ends.push_back(sector.from);
        ends.push_back(turned(sector.from + sector.width));
        reach = std::min(reach, sector.reach);
    }
    std::sort(ends.begin(), ends.end());
    for (std::size_t i = 0; i < ends.size(); ++i) {
        const double width =
            i + 1 < ends.size() ? ends[i + 1] - ends[i] : ends.front() + 2 * std::numbers::pi - ends[i];
        const double middle = turned(ends[i] + width / 2);
        if (width > 2 * onLine / reach && std::all_of(all.begin(), all.end(), [&](const Sector& sector) {
                return contains(sector, middle);
            })) {
            return true;
        }
    }
    return false;
}

bool doOverlapAt(const Indexed& one, const geo::Edge& edge, const Indexed& other, const geo::Edge& otherEdge,
                 geo::Point at) {
    if (!doOverlap(sectorAt(one, edge, at), sectorAt(other, otherEdge, at))) {
        return false;
    }
    std::vector<Sector> all = sectorsAt(one, edge, at);
    const std::vector<Sector> theirs = sectorsAt(other, otherEdge, at);
    if (all.size() + theirs.size() == 2) {
        return true;
    }
    all.insert(all.end(), theirs.begin(), theirs.end());
    return doOverlap(all);
}

} // namespace

geo::Edge edgeAt(const geo::MultiPolygon& shape, const geo::VertexId& from) {
    const geo::Ring& ring = geo::ringOf(shape, from.part, from.ring);
    const auto at = static_cast<std::size_t>(from.index);
    return {from, ring[at], ring[at + 1 < ring.size() ? at + 1 : 0]};
}

geo::Extent boxOf(const geo::Edge& edge) {
    geo::Extent box;
    box.include(edge.a);
    box.include(edge.b);
    return box;
}

void Overlaps::look(const Indexed& one, const geo::Edge& edge, const Indexed& other,
                    const geo::Edge& otherEdge, bool isTurned) {
    // An end that rounding has brought to the other side is at the line.
    bool touches = false;
    const auto lookAt = [&](geo::Point at) {
        touches = true;
        if (doOverlapAt(one, edge, other, otherEdge, at)) {
            m_touches.push_back({at.x, at.y});
            note(at);
        }
    };
    for (const geo::Point end : {edge.a, edge.b}) {
        if (geo::distanceToSegment(end, otherEdge.a, otherEdge.b) <= onLine) {
            lookAt(end);
        }
    }
    for (const geo::Point end : {otherEdge.a, otherEdge.b}) {
        if (end != edge.a && end != edge.b && geo::distanceToSegment(end, edge.a, edge.b) <= onLine) {
            lookAt(end);
        }
    }
    if (!touches && geo::meet(edge.a, edge.b, otherEdge.a, otherEdge.b) == geo::Meeting::Cross) {
        m_crossings.push_back(isTurned ? key(otherEdge, edge) : key(edge, otherEdge));
        note(crossingOf(edge.a, edge.b, otherEdge.a, otherEdge.b));
    }
}

std::size_t Overlaps::count() {
    std::sort(m_crossings.begin(), m_crossings.end());
    std::sort(m_touches.begin(), m_touches.end());
    const auto crossings = std::unique(m_crossings.begin(), m_crossings.end()) - m_crossings.begin();
    const auto touches = std::unique(m_touches.begin(), m_touches.end()) - m_touches.begin();
    return static_cast<std::size_t>(crossings + touches);
}

Overlaps::Key Overlaps::key(const geo::Edge& one, const geo::Edge& other) {
    return {one.from.part, one.from.ring, one.from.index, other.from.part, other.from.ring, other.from.index};
}

void Overlaps::note(geo::Point place) {
    if (!m_place) {
        m_place = place;
    }
}

bool liesWithin(const geo::Ring& ring, const Indexed& outline) {
    for (const geo::Point& point : ring) {
        if (!nearestEdge(*outline.shape, *outline.index, point, onLine)) {
            return geo::whereIs(point, *outline.shape, *outline.index) == geo::Where::Inside;
        }
    }
    return false;
}

bool overlap(const Indexed& one, const Indexed& other, const geo::Extent& common) {
    Overlaps overlaps;
    one.index->visit(*one.shape, common.grown(onLine), [&](const geo::Edge& edge) {
        if (!overlaps.empty() || edge.a == edge.b) {
            return;
        }
        other.index->visit(*other.shape, boxOf(edge).grown(onLine), [&](const geo::Edge& met) {
            if (met.a != met.b) {
                overlaps.look(one, edge, other, met, false);
            }
        });
    });
    if (!overlaps.empty()) {
        return true;
    }
    // Without lines that meet, one may lie in the other.
    const auto hasRingWithin = [&](const Indexed& inner, const Indexed& outer) {
        bool found = false;
        inner.index->visitRings(common, [&](int part, int ring) {
            found = found || (ring == 0 && liesWithin(geo::ringOf(*inner.shape, part, ring), outer));
        });
        return found;
    };
    return hasRingWithin(one, other) || hasRingWithin(other, one);
}

} // namespace nunatak::editing
