// SPDX-License-Identifier: GPL-3.0-or-later
#include "editing/gate_neighbours.h"

#include "editing/boundaries.h"
#include "editing/draft.h"
#include "editing/gate.h"
#include "editing/overlapping_lines.h"
#include "geo/rings.h"
#include "outlines/outline_name.h"

#include <algorithm>
#include <optional>

namespace nunatak::editing {

namespace {

using outlines::OutlineHandle;

Indexed indexed(const Draft& draft, const OutlineHandle& outline) {
    return {&outline->geometry, draft.indices().of(outline)};
}

geo::Extent boxAround(const geo::MultiPolygon& shape, const std::vector<geo::VertexId>& edges) {
    geo::Extent box;
    for (const geo::VertexId& from : edges) {
        box.include(boxOf(edgeAt(shape, from)));
    }
    return box;
}

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
        geo::Extent box = boxAround(one.after->geometry, one.edges.coming);
        box.include(boxAround(one.before->geometry, one.edges.going));
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
            geo::Extent theirs = boxAround(other.after->geometry, other.change->edges.coming);
            theirs.include(boxAround(other.before->geometry, other.change->edges.going));
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
            if (ring != 0 || !liesWithin(points, indexed(m_draft, outer.after))) {
                continue;
            }
            const bool wasThere = geo::vertexAt(before, {part, ring, 0}) != nullptr &&
                                  liesWithin(geo::ringOf(before, part, ring), indexed(m_draft, outer.before));
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
                box.contains({around.xmax, around.ymax}) && liesWithin(points, indexed(m_draft, after)) &&
                !liesWithin(points, indexed(m_draft, before))) {
                refuse(one, other, points.front());
            }
        });
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
