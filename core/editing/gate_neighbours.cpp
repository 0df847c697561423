// SPDX-License-Identifier: GPL-3.0-or-later
#include "editing/gate_neighbours.h"

#include "editing/boundaries.h"
#include "editing/draft.h"
#include "editing/gate.h"
#include "editing/nearest.h"
#include "geo/rings.h"
#include "geo/segments.h"
#include "outlines/outline_name.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <optional>
#include <tuple>
#include <utility>

namespace nunatak::editing {

namespace {

using outlines::OutlineHandle;

/// An outline with what finds its edges.
struct Indexed {
    const geo::MultiPolygon* shape = nullptr;
    EdgeIndices::Index index;
};

Indexed indexed(const Draft& draft, const OutlineHandle& outline) {
    return {&outline->geometry, draft.indices().of(outline)};
}

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

geo::Extent boxOf(const geo::MultiPolygon& shape, const std::vector<geo::VertexId>& edges) {
    geo::Extent box;
    for (const geo::VertexId& from : edges) {
        box.include(boxOf(edgeAt(shape, from)));
    }
    return box;
}

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

/// Where the lines of two outlines lie so that the outlines overlap.
class Overlaps {
public:
    void look(const Indexed& one, const geo::Edge& edge, const Indexed& other, const geo::Edge& otherEdge,
              bool isTurned) {
        // An end that rounding has brought to the other side is at the line.
        bool touches = false;
        const auto lookAt = [&](geo::Point at) {
            touches = true;
            if (doOverlap(sectorAt(one, edge, at), sectorAt(other, otherEdge, at))) {
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
            note(geo::distance(edge.a, otherEdge.a) < geo::distance(edge.a, otherEdge.b) ? otherEdge.a
                                                                                         : otherEdge.b);
        }
    }

    /// Each place once, however many edges meet there.
    std::size_t count() {
        std::sort(m_crossings.begin(), m_crossings.end());
        std::sort(m_touches.begin(), m_touches.end());
        const auto crossings = std::unique(m_crossings.begin(), m_crossings.end()) - m_crossings.begin();
        const auto touches = std::unique(m_touches.begin(), m_touches.end()) - m_touches.begin();
        return static_cast<std::size_t>(crossings + touches);
    }
    bool empty() const { return m_crossings.empty() && m_touches.empty(); }
    const std::optional<geo::Point>& place() const { return m_place; }

private:
    using Key = std::tuple<int, int, int, int, int, int>;
    static Key key(const geo::Edge& one, const geo::Edge& other) {
        return {one.from.part,   one.from.ring,   one.from.index,
                other.from.part, other.from.ring, other.from.index};
    }
    void note(geo::Point place) {
        if (!m_place) {
            m_place = place;
        }
    }

    std::vector<Key> m_crossings;
    std::vector<std::pair<double, double>> m_touches;
    std::optional<geo::Point> m_place;
};

/// How these edges of one meet the line of the other. Turned: the pair is named the other way round.
void look(const Indexed& one, const std::vector<geo::VertexId>& edges, const Indexed& other,
          const geo::Extent& otherBox, bool isTurned, Overlaps& overlaps) {
    for (const geo::VertexId& from : edges) {
        const geo::Edge edge = edgeAt(*one.shape, from);
        const geo::Extent box = boxOf(edge).grown(onLine);
        if (edge.a == edge.b || !box.intersects(otherBox)) {
            continue;
        }
        other.index->visit(*other.shape, box, [&](const geo::Edge& met) {
            if (met.a != met.b) {
                overlaps.look(one, edge, other, met, isTurned);
            }
        });
    }
}

/// An outline beside one that changes; itself as it was where it does not.
struct Beside {
    OutlineHandle before, after;
    const ChangedShape* change = nullptr;
};

class Judge {
public:
    Judge(const Draft& draft, std::span<const ChangedShape> changed) : m_draft(draft), m_changed(changed) {}

    void judge(const ChangedShape& one) const {
        geo::Extent box = boxOf(one.after->geometry, one.edges.coming);
        box.include(boxOf(one.before->geometry, one.edges.going));
        for (const OutlineHandle& near : m_draft.near(one.ref.layer, box)) {
            if (takesGround(*near) && changeOf(one.ref.layer, near->uuid) == nullptr) {
                judgePair(one, {near, near, nullptr}, box);
            }
        }
        // Of two that change the pair is judged once.
        for (const ChangedShape& other : m_changed) {
            if (&other > &one && other.ref.layer == one.ref.layer && other.after &&
                takesGround(*other.after)) {
                judgePair(one, {other.before, other.after, &other}, box);
            }
        }
    }

private:
    const ChangedShape* changeOf(const std::string& layer, const std::string& uuid) const {
        const auto found = std::find_if(m_changed.begin(), m_changed.end(), [&](const ChangedShape& each) {
            return each.ref.layer == layer && each.ref.uuid == uuid;
        });
        return found != m_changed.end() ? &*found : nullptr;
    }

    Overlaps overlapsNow(const ChangedShape& one, const Beside& other) const {
        Overlaps now;
        const Indexed mine = indexed(m_draft, one.after);
        const Indexed theirs = indexed(m_draft, other.after);
        look(mine, one.edges.coming, theirs, other.after->extent(), false, now);
        if (other.change != nullptr) {
            look(theirs, other.change->edges.coming, mine, one.after->extent(), true, now);
        }
        return now;
    }

    Overlaps overlapsBefore(const ChangedShape& one, const Beside& other) const {
        Overlaps before;
        const Indexed mine = indexed(m_draft, one.before);
        const Indexed theirs = indexed(m_draft, other.before);
        look(mine, one.edges.going, theirs, other.before->extent(), false, before);
        if (other.change != nullptr) {
            look(theirs, other.change->edges.going, mine, one.before->extent(), true, before);
        }
        return before;
    }

    void judgePair(const ChangedShape& one, const Beside& other, const geo::Extent& box) const {
        if (Overlaps now = overlapsNow(one, other);
            !now.empty() && now.count() > overlapsBefore(one, other).count()) {
            refuse(one, other, now.place());
        }
        // Without lines that meet, one may lie in the other.
        throwIfSwallowed(one.before, one.after, other, box, one, other);
        if (other.change != nullptr) {
            geo::Extent theirs = boxOf(other.after->geometry, other.change->edges.coming);
            theirs.include(boxOf(other.before->geometry, other.change->edges.going));
            throwIfSwallowed(other.before, other.after, {one.before, one.after, &one}, theirs, one, other);
            throwIfNewRingsLieIn(*other.change, {one.before, one.after, &one}, one, other);
        }
        throwIfNewRingsLieIn(one, other, one, other);
    }

    /// Parts of the changed outline that came, or moved, into the outer one.
    void throwIfNewRingsLieIn(const ChangedShape& changed, const Beside& outer, const ChangedShape& one,
                              const Beside& other) const {
        const geo::MultiPolygon& before = changed.before->geometry;
        for (const auto& [part, ring] : changed.edges.newRings) {
            const geo::Ring& points = geo::ringOf(changed.after->geometry, part, ring);
            if (ring != 0 || !liesWithin(points, outer.after)) {
                continue;
            }
            const bool wasThere = geo::vertexAt(before, {part, ring, 0}) != nullptr &&
                                  liesWithin(geo::ringOf(before, part, ring), outer.before);
            if (!wasThere) {
                refuse(one, other, points.front());
            }
        }
    }

    /// Parts of `inner` that come to lie within the outline because its line ran over them.
    void throwIfSwallowed(const OutlineHandle& before, const OutlineHandle& after, const Beside& inner,
                          const geo::Extent& box, const ChangedShape& one, const Beside& other) const {
        if (!inner.after->extent().intersects(box)) {
            return;
        }
        const Indexed theirs = indexed(m_draft, inner.after);
        theirs.index->visitRings(box, [&](int part, int ring) {
            const geo::Ring& points = geo::ringOf(inner.after->geometry, part, ring);
            const geo::Extent around = ring == 0 ? geo::extentOf({{points, {}}}) : geo::Extent();
            if (ring == 0 && box.contains({around.xmin, around.ymin}) &&
                box.contains({around.xmax, around.ymax}) && liesWithin(points, after) &&
                !liesWithin(points, before)) {
                refuse(one, other, points.front());
            }
        });
    }

    /// A ring whose line does not cross that of the outline lies within it.
    bool liesWithin(const geo::Ring& ring, const OutlineHandle& outline) const {
        const Indexed outer = indexed(m_draft, outline);
        for (const geo::Point& point : ring) {
            if (!nearestEdge(*outer.shape, *outer.index, point, onLine)) {
                return geo::whereIs(point, *outer.shape, *outer.index) == geo::Where::Inside;
            }
        }
        return false;
    }

    [[noreturn]] void refuse(const ChangedShape& one, const Beside& other,
                             const std::optional<geo::Point>& place) const {
        const bool isAbout = &one == m_changed.data();
        const std::string subject = isAbout ? "It" : outlines::nameInSentence(*one.after);
        throw Refused(subject + " would overlap " + outlines::nameInSentence(*other.after) + ".", place);
    }

    const Draft& m_draft;
    std::span<const ChangedShape> m_changed;
};

} // namespace

bool takesGround(const outlines::Outline& outline) {
    return outline.review != outlines::Review::Removed;
}

void throwIfOverlapping(const Draft& draft, std::span<const ChangedShape> changed) {
    const Judge judge(draft, changed);
    for (const ChangedShape& one : changed) {
        if (takesGround(*one.after) && !draft.mayOverlap(one.ref.layer)) {
            judge.judge(one);
        }
    }
}

} // namespace nunatak::editing
