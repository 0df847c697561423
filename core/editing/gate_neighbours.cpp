// SPDX-License-Identifier: GPL-3.0-or-later
#include "editing/gate_neighbours.h"

#include "editing/boundaries.h"
#include "editing/common_ground.h"
#include "editing/draft.h"
#include "editing/gate.h"
#include "editing/ground_before.h"
#include "editing/ground_change.h"
#include "editing/nearest.h"
#include "editing/overlapping_lines.h"
#include "geo/paths.h"
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

/// Ends at the first vertex that does not: nearly always the first one.
bool liesIn(const geo::Ring& ring, const geo::Extent& box) {
    return std::all_of(ring.begin(), ring.end(), [&](geo::Point point) { return box.contains(point); });
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

/// Whether edges of one overlap the other where its line meets them; those that both have in common do not.
bool crossed(const Indexed& one, const std::vector<geo::VertexId>& edges, const Indexed& other,
             const geo::Extent& otherBox) {
    Overlaps overlaps;
    std::vector<geo::Edge> met;
    for (const geo::VertexId& from : edges) {
        const geo::Edge edge = edgeAt(*one.shape, from);
        const geo::Extent box = boxOf(edge).grown(onLine);
        if (edge.a == edge.b || !box.intersects(otherBox)) {
            continue;
        }
        met.clear();
        bool isCommon = false;
        other.index->visit(*other.shape, box, [&](const geo::Edge& each) {
            isCommon =
                isCommon || (each.a == edge.a && each.b == edge.b) || (each.a == edge.b && each.b == edge.a);
            met.push_back(each);
        });
        for (const geo::Edge& each : met) {
            if (!isCommon && each.a != each.b) {
                overlaps.look(one, edge, other, each, false);
            }
        }
        if (!overlaps.empty()) {
            return true;
        }
    }
    return false;
}

/// Whether a stretch of edges that cross no line of the other lies within it, and where.
bool entered(const Indexed& one, const std::vector<geo::VertexId>& edges, const Indexed& other,
             const geo::Extent& otherBox, std::optional<geo::Point>& place) {
    std::optional<geo::Point> last;
    bool isKnown = false; // of the stretch so far
    for (const geo::VertexId& from : edges) {
        const geo::Edge edge = edgeAt(*one.shape, from);
        isKnown = isKnown && last == edge.a;
        last = edge.b;
        if (isKnown) {
            continue;
        }
        for (const geo::Point point : {edge.a, edge.b}) {
            if (!otherBox.contains(point)) {
                isKnown = true;
            } else if (!nearestEdge(*other.shape, *other.index, point, onLine)) {
                isKnown = true;
                if (geo::whereIs(point, *other.shape, *other.index) == geo::Where::Inside) {
                    place = place ? place : point;
                    return true;
                }
            }
            if (isKnown) {
                break;
            }
        }
    }
    return false;
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
                arePieces(one, other) ? judgePieces(one, other)
                                      : judgePair(one, {other.before, other.after, &other}, box);
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

    /// Where two may have more ground in common than before.
    struct Doubt {
        std::optional<geo::Point> place;
        const char* how = "";
    };

    void judgePair(const ChangedShape& one, const Beside& other, const geo::Extent& box) const {
        const bool isMade = !one.madeOf.empty() || (other.change != nullptr && !other.change->madeOf.empty());
        Overlaps now = overlapsNow(one, other);
        if (const auto doubt = newMeeting(one, other, box, now)) {
            // What a file has wrong is no reason against what is done there.
            if ((!isMade && doesGain(one, other)) || !haveOldGroundInCommon(groundOf(one), groundOf(other))) {
                refuse(one, other, *doubt);
            }
        } else if (const auto more = lieOver(one, other, now);
                   more &&
                   (isMade ? !haveOldGroundInCommon(groundOf(one), groundOf(other)) : doesGain(one, other))) {
            refuse(one, other, *more);
        }
    }

    /// Of those that are made of the same outline: what of that is whose was said by who made them.
    void judgePieces(const ChangedShape& one, const ChangedShape& other) const {
        const geo::Extent common = inBoth(one.after->extent(), other.after->extent());
        if (!one.after->extent().intersects(other.after->extent()) ||
            !overlap(indexed(m_draft, one.after), indexed(m_draft, other.after), common)) {
            return;
        }
        const Beside beside{other.before, other.after, &other};
        if (const auto place = groundOfTwoPieces(groundOf(one), groundOf(beside))) {
            refuse(one, beside, {place});
        }
    }

    /// More places than before where lines cross, or a part that comes to lie in the other without any.
    std::optional<Doubt> newMeeting(const ChangedShape& one, const Beside& other, const geo::Extent& box,
                                    Overlaps& now) const {
        if (!now.empty() && now.count() > overlapsBefore(one, other).count()) {
            return Doubt{now.place()};
        }
        if (auto place = swallowed(one.before, one.after, other, box)) {
            return Doubt{place};
        }
        if (other.change != nullptr) {
            geo::Extent theirs = boxAround(other.after->geometry, other.change->edges.coming);
            theirs.include(boxAround(other.before->geometry, other.change->edges.going));
            const Beside mine{one.before, one.after, &one};
            if (auto place = swallowed(other.before, other.after, mine, theirs)) {
                return Doubt{place};
            }
            if (auto place = newRingWithin(*other.change, mine)) {
                return Doubt{place};
            }
        }
        if (auto place = newRingWithin(one, other)) {
            return Doubt{place};
        }
        return std::nullopt;
    }

    /// Whether both have ground in common already where their lines change.
    std::optional<Doubt> lieOver(const ChangedShape& one, const Beside& other, const Overlaps& now) const {
        const Indexed oneBefore = indexed(m_draft, one.before), oneAfter = indexed(m_draft, one.after);
        const Indexed otherBefore = indexed(m_draft, other.before),
                      otherAfter = indexed(m_draft, other.after);
        std::optional<geo::Point> place = now.place();
        bool doOverlap = !now.empty() ||
                         crossed(oneBefore, one.edges.going, otherBefore, other.before->extent()) ||
                         entered(oneAfter, one.edges.coming, otherAfter, other.after->extent(), place);
        if (other.change != nullptr) {
            doOverlap = doOverlap ||
                        crossed(otherBefore, other.change->edges.going, oneBefore, one.before->extent()) ||
                        entered(otherAfter, other.change->edges.coming, oneAfter, one.after->extent(), place);
        }
        return doOverlap ? std::optional(Doubt{place, " more"}) : std::nullopt;
    }

    /// Whether they have more ground in common than before, however it lies.
    bool doesGain(const ChangedShape& one, const Beside& other) const {
        const Indexed oneBefore = indexed(m_draft, one.before), oneAfter = indexed(m_draft, one.after);
        const Indexed otherBefore = indexed(m_draft, other.before);
        double gained = commonGroundGained(oneBefore, oneAfter, one.edges, otherBefore);
        double rounding = roundingOfGround(oneBefore, oneAfter, one.edges);
        if (other.change != nullptr) {
            const Indexed otherAfter = indexed(m_draft, other.after);
            gained += commonGroundGained(otherBefore, otherAfter, other.change->edges, oneAfter);
            rounding += roundingOfGround(otherBefore, otherAfter, other.change->edges);
        }
        return gained > rounding;
    }

    static GroundOf groundOf(const ChangedShape& one) {
        return {one.madeOf.empty() ? std::vector<OutlineHandle>{one.before} : one.madeOf, one.after};
    }
    static GroundOf groundOf(const Beside& other) {
        return other.change != nullptr ? groundOf(*other.change) : GroundOf{{other.before}, other.after};
    }
    static bool arePieces(const ChangedShape& one, const ChangedShape& other) {
        if (one.madeOf.empty() && other.madeOf.empty()) {
            return false;
        }
        const GroundOf mine = groundOf(one), theirs = groundOf(other);
        return std::find_first_of(mine.before.begin(), mine.before.end(), theirs.before.begin(),
                                  theirs.before.end()) != mine.before.end();
    }

    /// Of parts of the changed outline that came, or moved, one within the outer one.
    std::optional<geo::Point> newRingWithin(const ChangedShape& changed, const Beside& outer) const {
        const geo::MultiPolygon& before = changed.before->geometry;
        for (const auto& [part, ring] : changed.edges.newRings) {
            const geo::Ring& points = geo::ringOf(changed.after->geometry, part, ring);
            if (ring != 0 || !liesWithin(points, indexed(m_draft, outer.after))) {
                continue;
            }
            const bool wasThere = geo::vertexAt(before, {part, ring, 0}) != nullptr &&
                                  liesWithin(geo::ringOf(before, part, ring), indexed(m_draft, outer.before));
            if (!wasThere) {
                return points.front();
            }
        }
        return std::nullopt;
    }

    /// Of parts of `inner` one that comes to lie within the outline because its line ran over it.
    std::optional<geo::Point> swallowed(const OutlineHandle& before, const OutlineHandle& after,
                                        const Beside& inner, const geo::Extent& box) const {
        std::optional<geo::Point> place;
        if (!inner.after->extent().intersects(box)) {
            return place;
        }
        const Indexed theirs = indexed(m_draft, inner.after);
        theirs.index->visitRings(box, [&](int part, int ring) {
            const geo::Ring& points = geo::ringOf(inner.after->geometry, part, ring);
            if (!place && ring == 0 && liesIn(points, box) && liesWithin(points, indexed(m_draft, after)) &&
                !liesWithin(points, indexed(m_draft, before))) {
                place = points.front();
            }
        });
        return place;
    }

    [[noreturn]] void refuse(const ChangedShape& one, const Beside& other, const Doubt& doubt) const {
        const bool isAbout = &one == m_changed.data();
        const std::string subject = isAbout ? "It" : outlines::nameInSentence(*one.after);
        throw Refused(subject + " would overlap " + outlines::nameInSentence(*other.after) + doubt.how + ".",
                      doubt.place);
    }

    const Draft& m_draft;
    std::span<const ChangedShape> m_changed;
};

} // namespace

bool takesGround(const outlines::Outline& outline) {
    return outline.review != outlines::Review::Removed && !geo::isPath(outline.geometry);
}

std::vector<OutlineHandle> groundBeside(const Draft& draft, const outlines::OutlineRef& ref,
                                        const outlines::Outline& outline, const geo::Extent& extent) {
    if (!takesGround(outline) || draft.mayOverlap(ref.layer)) {
        return {};
    }
    std::vector<OutlineHandle> others = draft.near(ref.layer, extent);
    std::erase_if(
        others, [&](const OutlineHandle& other) { return other->uuid == ref.uuid || !takesGround(*other); });
    std::sort(others.begin(), others.end(),
              [](const OutlineHandle& a, const OutlineHandle& b) { return a->uuid < b->uuid; });
    return others;
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
