// SPDX-License-Identifier: GPL-3.0-or-later
#include "editing/stroke_meetings.h"

#include "editing/nearest.h"
#include "geo/segments.h"

#include <algorithm>
#include <tuple>

namespace nunatak::editing {

namespace {

double cross(geo::Point from, geo::Point a, geo::Point b) {
    return (a.x - from.x) * (b.y - from.y) - (a.y - from.y) * (b.x - from.x);
}

/// Where on the segment from a to b the line through c and d, on whose sides its ends are, cuts it.
double shareOfCrossing(geo::Point a, geo::Point b, geo::Point c, geo::Point d) {
    const double atA = cross(c, d, a);
    const double atB = cross(c, d, b);
    return atA != atB ? std::clamp(atA / (atA - atB), 0.0, 1.0) : 0.5;
}

/// The meetings of one segment of the stroke with one edge; those at the ends of either are told by the
/// segment and the edge that begin there.
class Finder {
public:
    Finder(const geo::MultiPolygon& shape, std::size_t segment, bool isLast, geo::Point a, geo::Point b,
           std::vector<StrokeMeeting>& found)
        : m_shape(shape), m_segment(segment), m_isLast(isLast), m_a(a), m_b(b), m_found(found) {}

    void look(const geo::Edge& edge) {
        const geo::Meeting meeting = geo::meet(m_a, m_b, edge.a, edge.b);
        if (meeting == geo::Meeting::None) {
            return;
        }
        if (meeting == geo::Meeting::Cross) {
            const double along = shareOfCrossing(edge.a, edge.b, m_a, m_b);
            const geo::Point point = geo::pointAlong(edge.a, edge.b, along);
            const double share = shareOfCrossing(m_a, m_b, edge.a, edge.b);
            if (point == edge.b) {
                add(share, next(edge.from), 0, point);
            } else {
                add(share, edge.from, point == edge.a ? 0 : along, point);
            }
            return;
        }
        if (geo::isOn(edge.a, m_a, m_b)) {
            add(geo::along(edge.a, m_a, m_b), edge.from, 0, edge.a);
        }
        for (const auto& [end, share] : {std::pair(m_a, 0.0), std::pair(m_b, 1.0)}) {
            if ((share == 0 || m_isLast) && end != edge.a && end != edge.b &&
                geo::isOn(end, edge.a, edge.b)) {
                add(share, edge.from, geo::along(end, edge.a, edge.b), end);
            }
        }
    }

private:
    geo::VertexId next(geo::VertexId vertex) const {
        const auto size = static_cast<int>(geo::ringOf(m_shape, vertex.part, vertex.ring).size());
        vertex.index = vertex.index + 1 < size ? vertex.index + 1 : 0;
        return vertex;
    }

    void add(double share, const geo::VertexId& edge, double along, geo::Point point) {
        const bool isAtEnd = share == 1 && !m_isLast;
        m_found.push_back({m_segment + (isAtEnd ? 1 : 0), isAtEnd ? 0 : share, edge, along, point});
    }

    const geo::MultiPolygon& m_shape;
    std::size_t m_segment;
    bool m_isLast;
    geo::Point m_a;
    geo::Point m_b;
    std::vector<StrokeMeeting>& m_found;
};

auto orderOf(const StrokeMeeting& meeting) {
    return std::tuple(meeting.segment, meeting.share, meeting.edge.part, meeting.edge.ring,
                      meeting.edge.index, meeting.along);
}

} // namespace

std::vector<StrokeMeeting> meetingsOf(const geo::MultiPolygon& shape, const geo::EdgeIndex& index,
                                      std::span<const geo::Point> stroke) {
    std::vector<StrokeMeeting> found;
    for (std::size_t i = 0; i + 1 < stroke.size(); ++i) {
        Finder finder(shape, i, i + 2 == stroke.size(), stroke[i], stroke[i + 1], found);
        geo::Extent box;
        box.include(stroke[i]);
        box.include(stroke[i + 1]);
        index.visit(shape, box, [&](const geo::Edge& edge) { finder.look(edge); });
    }
    std::sort(found.begin(), found.end(),
              [](const auto& one, const auto& other) { return orderOf(one) < orderOf(other); });
    found.erase(std::unique(found.begin(), found.end(),
                            [](const auto& one, const auto& other) {
                                return areOnOneRing(one, other) && one.point == other.point &&
                                       one.segment == other.segment && one.share == other.share;
                            }),
                found.end());
    return found;
}

std::optional<StrokeMeeting> meetingNear(const geo::MultiPolygon& shape, const geo::EdgeIndex& index,
                                         geo::Point place, double reach, double vertexReach) {
    const auto near = nearestEdge(shape, index, place, reach);
    if (!near) {
        return std::nullopt;
    }
    const geo::Ring& ring = geo::ringOf(shape, near->from.part, near->from.ring);
    const auto from = static_cast<std::size_t>(near->from.index);
    const std::size_t next = from + 1 < ring.size() ? from + 1 : 0;
    StrokeMeeting meeting{0, 0, near->from, geo::along(place, ring[from], ring[next]), near->point};
    const double toFrom = geo::distance(near->point, ring[from]);
    const double toNext = geo::distance(near->point, ring[next]);
    if (std::min(toFrom, toNext) <= vertexReach || meeting.along <= 0 || meeting.along >= 1) {
        meeting.edge.index = static_cast<int>(toFrom <= toNext ? from : next);
        meeting.along = 0;
        meeting.point = toFrom <= toNext ? ring[from] : ring[next];
    }
    return meeting;
}

bool areOnOneRing(const StrokeMeeting& a, const StrokeMeeting& b) {
    return a.edge.part == b.edge.part && a.edge.ring == b.edge.ring;
}

} // namespace nunatak::editing
