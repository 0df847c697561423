// SPDX-License-Identifier: GPL-3.0-or-later
#include "editing/take_stretch.h"

#include "editing/line_stretch.h"
#include "editing/nearest.h"
#include "editing/paths.h"
#include "editing/redraw.h"
#include "editing/stroke_meetings.h"
#include "geo/rings.h"
#include "geo/segments.h"

#include <algorithm>
#include <array>
#include <limits>
#include <optional>
#include <utility>
#include <vector>

namespace nunatak::editing {

namespace {

/// So many times the length of a stretch that leads to another line it is followed to where it comes back.
constexpr double farthestBack = 5;
constexpr double nowhere = std::numeric_limits<double>::infinity();

using outlines::OutlineHandle;

/// A place of the line that is walked along, and the outline's line there.
struct Sample {
    double share = 0;    ///< along the segment that is walked
    double distance = 0; ///< to the outline; 0: they meet, infinite: farther than the tolerance
    LinePlace place;
    StrokeMeeting meeting; ///< unless it is farther
};

struct End {
    LinePlace place;
    StrokeMeeting meeting;
    double walked = 0;
};

/// Walks along a ring, and looks how far the outline is.
class Walker {
public:
    Walker(const OutlineHandle& outline, const geo::EdgeIndex& index, const geo::MultiPolygon& from,
           double tolerance)
        : m_shape(outline->geometry), m_index(index), m_from(from), m_tolerance(tolerance),
          m_box(outline->extent().grown(tolerance)) {}

    double distanceAt(geo::Point point) const {
        const auto near = nearestEdge(m_shape, m_index, point, m_tolerance);
        return near ? near->distance : nowhere;
    }

    /// Where the lines meet next: where they cross or touch, or come nearest within the tolerance, once they
    /// have been apart. None: nowhere.
    std::optional<End> nextEnd(const LinePlace& start, bool isForward, bool wasApart) const {
        std::optional<End> nearest;
        double least = nowhere;
        std::optional<End> end;
        walk(start, isForward, [&](const Sample& sample, double walked) {
            if (sample.distance == 0) {
                end = End{sample.place, sample.meeting, walked};
            } else if (sample.distance <= m_tolerance && wasApart && sample.distance < least) {
                nearest = End{sample.place, sample.meeting, walked};
                least = sample.distance;
            } else if (nearest) {
                end = nearest; // it goes away again
            } else {
                wasApart = wasApart || sample.distance > m_tolerance;
            }
            return !end.has_value();
        });
        return end ? end : nearest;
    }

    /// Where it meets this ring of the outline next.
    std::optional<End> nextEndOn(const StrokeMeeting& ring, const LinePlace& start, bool isForward) const {
        std::optional<End> end;
        walk(start, isForward, [&](const Sample& sample, double walked) {
            if (sample.distance == 0 && areOnOneRing(sample.meeting, ring)) {
                end = End{sample.place, sample.meeting, walked};
            }
            return !end.has_value();
        });
        return end;
    }

    /// The nearest vertex that is apart, before the lines meet.
    std::optional<LinePlace> apartFrom(const LinePlace& start) const {
        std::optional<LinePlace> nearest;
        double least = nowhere;
        for (const bool isForward : {true, false}) {
            walk(start, isForward, [&](const Sample& sample, double walked) {
                if (sample.distance > m_tolerance && walked < least) {
                    nearest = sample.place;
                    least = walked;
                }
                return sample.distance != 0 && sample.distance <= m_tolerance && walked < least;
            });
        }
        return nearest;
    }

private:
    /// Calls visit(sample, length walked) from behind the start on, once around at most, while it says so.
    template <typename Visit> void walk(const LinePlace& start, bool isForward, Visit&& visit) const {
        const geo::Ring& ring = geo::ringOf(m_from, start.edge.part, start.edge.ring);
        const auto size = static_cast<int>(ring.size());
        int edge = start.edge.index;
        if (!isForward && start.along == 0) {
            edge = (edge + size - 1) % size;
        }
        geo::Point at = start.point;
        double walked = 0;
        for (int i = 0; i < size; ++i) {
            const int vertex = isForward ? (edge + 1) % size : edge;
            const geo::Point to = ring[static_cast<std::size_t>(vertex)];
            for (const Sample& sample : samples(at, to, {start.edge.part, start.edge.ring, edge})) {
                if (!visit(sample, walked + geo::distance(at, sample.place.point))) {
                    return;
                }
            }
            walked += geo::distance(at, to);
            at = to;
            edge = (edge + (isForward ? 1 : size - 1)) % size;
        }
    }

    /// Of a segment of the edge; what lies at its beginning is none.
    std::vector<Sample> samples(geo::Point from, geo::Point to, const geo::VertexId& edge) const {
        std::vector<Sample> all;
        if (from == to) {
            return all;
        }
        geo::Extent box;
        box.include(from);
        box.include(to);
        if (!box.intersects(m_box)) {
            all.push_back({1, nowhere, linePlace(m_from, edge, to), {}});
            return all;
        }
        for (const StrokeMeeting& meeting : meetingsOf(m_shape, m_index, std::array{from, to})) {
            if (meeting.share > 0 && meeting.point != from) {
                all.push_back({meeting.share, 0, linePlace(m_from, edge, meeting.point), meeting});
            }
        }
        if (all.empty() || all.back().meeting.point != to) {
            const auto near = meetingNear(m_shape, m_index, to, m_tolerance);
            all.push_back({1, near ? geo::distance(near->point, to) : nowhere, linePlace(m_from, edge, to),
                           near.value_or(StrokeMeeting())});
        }
        if (m_tolerance > 0) {
            // A vertex beside a long edge.
            m_index.visit(m_shape, box.grown(m_tolerance), [&](const geo::Edge& other) {
                const double share = geo::along(other.a, from, to);
                const geo::Point beside = geo::pointAlong(from, to, share);
                const double distance = geo::distance(other.a, beside);
                if (share > 0 && share < 1 && distance > 0 && distance <= m_tolerance) {
                    all.push_back({share, distance, linePlace(m_from, edge, beside),
                                   StrokeMeeting{0, 0, other.from, 0, other.a}});
                }
            });
        }
        std::sort(all.begin(), all.end(), [](const Sample& a, const Sample& b) {
            return a.share != b.share ? a.share < b.share : a.distance < b.distance;
        });
        return all;
    }

    const geo::MultiPolygon& m_shape;
    const geo::EdgeIndex& m_index;
    const geo::MultiPolygon& m_from;
    double m_tolerance;
    geo::Extent m_box; ///< around the outline
};

Side iceOf(const geo::MultiPolygon& shape, const geo::VertexId& ring) {
    const bool turnsLeft = geo::signedArea(geo::ringOf(shape, ring.part, ring.ring)) > 0;
    return turnsLeft == (ring.ring == 0) ? Side::Left : Side::Right;
}

/// The line from one end to another with what it crosses of the outline between them.
RedrawPlan planBetween(const geo::MultiPolygon& shape, const geo::EdgeIndex& index,
                       const geo::MultiPolygon& from, const End& first, const End& last) {
    geo::Ring line = stretchBetween(from, first.place, last.place);
    line.front() = first.meeting.point;
    line.back() = last.meeting.point;
    line.erase(std::unique(line.begin(), line.end()), line.end());
    if (line.size() < 2) {
        throw Unfinished("That is the line already.", line.front());
    }
    std::vector<StrokeMeeting> meetings;
    for (const StrokeMeeting& meeting : meetingsOf(shape, index, line)) {
        if (meeting.point != line.front() && meeting.point != line.back()) {
            meetings.push_back(meeting);
        }
    }
    StrokeMeeting start = first.meeting;
    start.segment = 0;
    start.share = 0;
    StrokeMeeting end = last.meeting;
    end.segment = line.size() - 2;
    end.share = 1;
    meetings.insert(meetings.begin(), start);
    meetings.push_back(end);
    return planLine(shape, std::move(line), std::move(meetings), iceOf(from, first.place.edge));
}

} // namespace

Edit takeStretch(Draft draft, const outlines::OutlineRef& ref, const StretchRequest& request,
                 Neighbours neighbours) {
    const OutlineHandle outline = requireArea(draft, ref);
    const geo::MultiPolygon& from = draft.require(request.from)->geometry;
    const geo::MultiPolygon& shape = outline->geometry;
    const EdgeIndices::Index index = draft.indices().of(outline);
    const Walker walker(outline, *index, from, request.tolerance);

    LinePlace place = linePlace(from, request.edge, request.place);
    bool isApart = walker.distanceAt(place.point) > request.tolerance;
    if (!isApart) {
        if (const auto apart = walker.apartFrom(place)) {
            place = *apart;
            isApart = true;
        }
    }
    auto first = walker.nextEnd(place, false, isApart);
    auto last = walker.nextEnd(place, true, isApart);
    if (!first || !last || first->meeting.point == last->meeting.point) {
        throw Unfinished("The lines do not meet.", request.place);
    }
    if (!areOnOneRing(first->meeting, last->meeting)) {
        const auto ahead = walker.nextEndOn(first->meeting, last->place, true);
        const auto behind = walker.nextEndOn(last->meeting, first->place, false);
        const double most = farthestBack * (first->walked + last->walked);
        if (behind && behind->walked <= most && (!ahead || behind->walked < ahead->walked)) {
            first = behind;
        } else if (ahead && ahead->walked <= most) {
            last = ahead;
        } else {
            throw Refused("It leads to another line.", last->meeting.point);
        }
    }
    Redrawn taken = redraw(std::move(draft), ref, planBetween(shape, *index, from, *first, *last), neighbours,
                           "Take stretch of " + request.title + " into ");
    return std::move(taken.edit);
}

} // namespace nunatak::editing
