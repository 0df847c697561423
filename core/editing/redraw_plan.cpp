// SPDX-License-Identifier: GPL-3.0-or-later
#include "editing/redraw_plan.h"

#include "geo/rings.h"
#include "geo/segments.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>
#include <utility>

namespace nunatak::editing {

namespace {

/// A share of the reach within which an end of the stroke goes to a vertex of the line rather than beside it.
constexpr double vertexShare = 0.25;
/// And one within which meetings are one.
constexpr double sameShare = 1e-3;
/// So many meetings near an end are tried as the end.
constexpr std::size_t mostEnds = 8;

using Meetings = std::vector<StrokeMeeting>;

/// A way to read a stretch of the stroke.
struct Option {
    Excursion excursion;
    double area = 0;      ///< between stretch and line, positive where the ring's is and it is taken away
    bool isRight = false; ///< the area lies to the right of the stroke
};

double positionOf(const StrokeMeeting& meeting) {
    return meeting.edge.index + meeting.along;
}

class Planner {
public:
    Planner(const geo::MultiPolygon& shape, const geo::EdgeIndex& index, const Stroke& stroke)
        : m_shape(shape), m_index(&index), m_reach(stroke.reach) {
        for (const geo::Point& point : stroke.points) {
            if (!geo::isFinite(point)) {
                throw Error("A line cannot lead through a place without coordinates.");
            }
            if (m_line.empty() || point != m_line.back()) {
                m_line.push_back(point);
            }
        }
        if (m_line.size() < 2) {
            throw Unfinished("A line needs two points.", std::nullopt);
        }
        m_meetings = meetingsOf(shape, index, m_line);
        bindEnds();
    }

    Planner(const geo::MultiPolygon& shape, geo::Ring line, Meetings meetings)
        : m_shape(shape), m_line(std::move(line)), m_meetings(std::move(meetings)) {}

    RedrawPlan planWithIce(Side side) const {
        std::pair<std::size_t, std::size_t> used;
        std::vector<Option> options = optionsFor(0, m_meetings.size() - 1, used);
        std::erase_if(options, [&](const Option& option) { return iceSide(option) != side; });
        if (options.empty()) {
            throw Refused("The ice lies on its other side.", m_meetings.front().point);
        }
        // A piece beside the outline, too, has its ice on that side when it alone would stay.
        const auto least =
            std::min_element(options.begin(), options.end(), [](const Option& a, const Option& b) {
                return std::abs(a.area) < std::abs(b.area);
            });
        return {{std::move(least->excursion)}, {}};
    }

    RedrawPlan plan(bool otherSide) {
        if (m_meetings.empty()) {
            throw Unfinished("The line misses the outline.", m_line.back());
        }
        std::vector<std::vector<Option>> groups;
        std::vector<std::pair<std::size_t, std::size_t>> used; // meetings
        for (std::size_t first = 0; first < m_meetings.size();) {
            std::size_t last = m_meetings.size() - 1;
            while (!areOnOneRing(m_meetings[first], m_meetings[last])) {
                --last;
            }
            used.emplace_back();
            groups.push_back(optionsFor(first, last, used.back()));
            first = last + 1;
        }
        RedrawPlan plan;
        for (auto& option : chosen(std::move(groups), otherSide)) {
            plan.excursions.push_back(std::move(option.excursion));
        }
        addUnused(used, plan.unused);
        return plan;
    }

private:
    const geo::Ring& ringAt(const StrokeMeeting& meeting) const {
        return geo::ringOf(m_shape, meeting.edge.part, meeting.edge.ring);
    }

    /// How far along the stroke from one to the other; beyond the reach no longer exact.
    double lengthBetween(const StrokeMeeting& from, const StrokeMeeting& to) const {
        if (from.segment == to.segment) {
            return geo::distance(from.point, to.point);
        }
        double length = geo::distance(from.point, m_line[from.segment + 1]);
        for (std::size_t i = from.segment + 1; i < to.segment && length <= m_reach; ++i) {
            length += geo::distance(m_line[i], m_line[i + 1]);
        }
        return length + geo::distance(m_line[to.segment], to.point);
    }

    std::optional<StrokeMeeting> nearTo(geo::Point end) const {
        return meetingNear(m_shape, *m_index, end, m_reach, vertexShare * m_reach);
    }

    /// Ends within reach of a line are moved onto it, unless the stroke meets it right there.
    void bindEnds() {
        if (!(m_reach > 0)) {
            return;
        }
        StrokeMeeting start{0, 0, {}, 0, m_line.front()};
        StrokeMeeting end{m_line.size() - 2, 1, {}, 0, m_line.back()};
        std::optional<StrokeMeeting> atStart;
        std::optional<StrokeMeeting> atEnd;
        if (m_meetings.empty() || lengthBetween(start, m_meetings.front()) > m_reach) {
            atStart = nearTo(m_line.front());
        }
        if (m_meetings.empty() || lengthBetween(m_meetings.back(), end) > m_reach) {
            atEnd = nearTo(m_line.back());
        }
        // One that no other meeting goes with would only leave the stroke open.
        const auto hasPartner = [&](const StrokeMeeting& one, const std::optional<StrokeMeeting>& other) {
            return (other && areOnOneRing(one, *other)) ||
                   std::any_of(m_meetings.begin(), m_meetings.end(),
                               [&](const auto& meeting) { return areOnOneRing(one, meeting); });
        };
        const bool bindsStart = atStart && hasPartner(*atStart, atEnd);
        const bool bindsEnd = atEnd && hasPartner(*atEnd, atStart);
        if (!bindsStart && !bindsEnd) {
            return;
        }
        if (bindsStart) {
            m_line.front() = atStart->point;
        }
        if (bindsEnd) {
            m_line.back() = atEnd->point;
        }
        // They are on the line to rounding, which the stroke may meet beside them or not.
        m_meetings = meetingsOf(m_shape, *m_index, m_line);
        std::erase_if(m_meetings, [&](const StrokeMeeting& meeting) {
            const auto isAt = [&](geo::Point place) {
                return geo::distance(meeting.point, place) < sameShare * m_reach;
            };
            return (bindsStart && meeting.segment == 0 && isAt(m_line.front())) ||
                   (bindsEnd && meeting.segment + 2 == m_line.size() && isAt(m_line.back()));
        });
        if (bindsStart) {
            m_meetings.insert(m_meetings.begin(), *atStart);
        }
        if (bindsEnd) {
            atEnd->segment = m_line.size() - 2;
            atEnd->share = 1;
            m_meetings.push_back(*atEnd);
        }
    }

    /// The ways to read the stroke from one meeting to another of the same ring: none, one or two.
    std::vector<Option> readings(std::size_t first, std::size_t last) const {
        const StrokeMeeting& from = m_meetings[first];
        const StrokeMeeting& to = m_meetings[last];
        const auto size = static_cast<double>(ringAt(from).size());
        const auto ahead = [&](const StrokeMeeting& meeting) {
            const double away = positionOf(meeting) - positionOf(from);
            return away < 0 ? away + size : away;
        };
        bool mayGoForward = true;
        bool mayGoBack = true;
        Excursion forward{from, to, lineBetween(first, last), {}};
        for (std::size_t i = first + 1; i < last; ++i) {
            if (!areOnOneRing(m_meetings[i], from)) {
                forward.crossings.push_back(m_meetings[i]);
            } else if (m_meetings[i].point != from.point && m_meetings[i].point != to.point) {
                const bool isForward = ahead(m_meetings[i]) < ahead(to);
                mayGoForward = mayGoForward && isForward;
                mayGoBack = mayGoBack && !isForward;
            }
        }
        Excursion back{to, from, {forward.line.rbegin(), forward.line.rend()}, forward.crossings};
        // Both areas together are the ring's: the shorter stretch is walked along.
        const bool walksForward = ahead(to) <= size / 2;
        const double walked = geo::signedArea(areaBetween(walksForward ? forward : back, m_shape));
        const double rest = geo::signedArea(ringAt(from)) - walked;
        std::vector<Option> options;
        if (mayGoForward) {
            const double area = walksForward ? walked : rest;
            options.push_back({std::move(forward), area, area > 0});
        }
        if (mayGoBack) {
            const double area = walksForward ? rest : walked;
            options.push_back({std::move(back), area, area < 0});
        }
        return options;
    }

    /// On which side of the stroke the ice lies then.
    Side iceSide(const Option& option) const {
        const StrokeMeeting& from = option.excursion.from;
        const bool isForward = from.point == m_meetings.front().point;
        const bool turnsLeft = geo::signedArea(ringAt(from)) - option.area > 0;
        return (turnsLeft == isForward) == (from.edge.ring == 0) ? Side::Left : Side::Right;
    }

    geo::Ring lineBetween(std::size_t first, std::size_t last) const {
        geo::Ring line{m_meetings[first].point};
        const auto add = [&line](geo::Point point) {
            if (point != line.back()) {
                line.push_back(point);
            }
        };
        std::size_t vertex = m_meetings[first].segment + 1;
        for (std::size_t i = first + 1; i <= last; ++i) {
            for (; vertex <= m_meetings[i].segment; ++vertex) {
                add(m_line[vertex]);
            }
            if (i == last || !areOnOneRing(m_meetings[i], m_meetings[first])) {
                add(m_meetings[i].point);
            }
        }
        return line;
    }

    /// The readings of the stroke from its first to its last meeting with a ring; where there are none, of
    /// what is left when an end goes back within reach. `used`: from which meeting to which.
    std::vector<Option> optionsFor(std::size_t first, std::size_t last,
                                   std::pair<std::size_t, std::size_t>& used) const {
        if (first == last || m_meetings[first].point == m_meetings[last].point) {
            throw Unfinished("The line must come back.", m_meetings[first].point);
        }
        std::vector<std::size_t> starts;
        std::vector<std::size_t> ends;
        for (std::size_t i = first; i < last; ++i) {
            if (lengthBetween(m_meetings[first], m_meetings[i]) > m_reach || starts.size() == mostEnds) {
                break;
            }
            if (areOnOneRing(m_meetings[i], m_meetings[first])) {
                starts.push_back(i);
            }
        }
        for (std::size_t i = last; i > first; --i) {
            if (lengthBetween(m_meetings[i], m_meetings[last]) > m_reach || ends.size() == mostEnds) {
                break;
            }
            if (areOnOneRing(m_meetings[i], m_meetings[first])) {
                ends.push_back(i);
            }
        }
        // The way that is left to read it may be the long way round, only because the hand trembled.
        const double half = std::abs(geo::signedArea(ringAt(m_meetings[first]))) / 2;
        std::optional<std::vector<Option>> longWay;
        for (std::size_t left = 0; left < starts.size() + ends.size(); ++left) {
            for (std::size_t i = 0; i <= left; ++i) {
                if (i >= starts.size() || left - i >= ends.size() || starts[i] >= ends[left - i] ||
                    m_meetings[starts[i]].point == m_meetings[ends[left - i]].point) {
                    continue;
                }
                auto options = readings(starts[i], ends[left - i]);
                if (options.size() == 2 || (options.size() == 1 && std::abs(options.front().area) <= half)) {
                    used = {starts[i], ends[left - i]};
                    return options;
                }
                if (!options.empty() && !longWay) {
                    used = {starts[i], ends[left - i]};
                    longWay = std::move(options);
                }
            }
        }
        if (longWay) {
            return *longWay;
        }
        throw Refused("The line doubles back here.", m_meetings[last].point);
    }

    /// Of each group one. Where the stroke cuts pieces off, all of them lie on one side of it.
    static std::vector<Option> chosen(std::vector<std::vector<Option>> groups, bool otherSide) {
        const auto cuts = [](const std::vector<Option>& group) {
            return group.size() == 2 && (group[0].area > 0) == (group[1].area > 0);
        };
        double right = 0;
        double left = 0;
        bool hasCut = false;
        bool hasOther = false;
        for (const auto& group : groups) {
            hasOther = hasOther || group.size() == 2;
            if (cuts(group)) {
                hasCut = true;
                const std::size_t toRight = group[0].isRight ? 0 : 1;
                right += std::abs(group[toRight].area);
                left += std::abs(group[1 - toRight].area);
            }
        }
        if (otherSide && !hasOther) {
            throw Refused("There is no other side.", groups.front().front().excursion.from.point);
        }
        const bool takesRight = (right <= left) != otherSide;
        std::vector<Option> options;
        for (auto& group : groups) {
            std::size_t taken = 0;
            if (cuts(group)) {
                taken = group[0].isRight == takesRight ? 0 : 1;
            } else if (group.size() == 2) {
                taken = std::abs(group[0].area) <= std::abs(group[1].area) ? 0 : 1;
                taken = otherSide && !hasCut ? 1 - taken : taken;
            }
            options.push_back(std::move(group[taken]));
        }
        return options;
    }

    void addUnused(const std::vector<std::pair<std::size_t, std::size_t>>& used,
                   std::vector<geo::Ring>& unused) const {
        const auto add = [&](geo::Ring stretch) {
            if (stretch.size() > 1) {
                unused.push_back(std::move(stretch));
            }
        };
        std::size_t vertex = 0;
        geo::Ring stretch;
        for (const auto& [first, last] : used) {
            for (; vertex <= m_meetings[first].segment; ++vertex) {
                stretch.push_back(m_line[vertex]);
            }
            if (stretch.empty() || stretch.back() != m_meetings[first].point) {
                stretch.push_back(m_meetings[first].point);
            }
            add(std::move(stretch));
            stretch = {m_meetings[last].point};
            vertex = m_meetings[last].segment + 1;
        }
        for (; vertex < m_line.size(); ++vertex) {
            if (m_line[vertex] != stretch.back()) {
                stretch.push_back(m_line[vertex]);
            }
        }
        add(std::move(stretch));
    }

    const geo::MultiPolygon& m_shape;
    const geo::EdgeIndex* m_index = nullptr;
    double m_reach = 0;
    geo::Ring m_line;
    Meetings m_meetings;
};

} // namespace

RedrawPlan planRedraw(const geo::MultiPolygon& shape, const geo::EdgeIndex& index, const Stroke& stroke) {
    return Planner(shape, index, stroke).plan(stroke.otherSide);
}

RedrawPlan planLine(const geo::MultiPolygon& shape, geo::Ring line, std::vector<StrokeMeeting> meetings,
                    Side ice) {
    return Planner(shape, std::move(line), std::move(meetings)).planWithIce(ice);
}

RingSplice spliceOf(const Excursion& excursion, const geo::MultiPolygon& shape) {
    const auto& [from, to, line, crossings] = excursion;
    const std::size_t size = geo::ringOf(shape, from.edge.part, from.edge.ring).size();
    const auto first = static_cast<std::size_t>(from.edge.index) + 1;
    auto end = static_cast<std::size_t>(to.edge.index) + (to.along > 0 ? 1 : 0);
    if (positionOf(to) < positionOf(from)) {
        end += size; // over the ring's beginning
    }
    RingSplice splice{from.edge.part, from.edge.ring, first, end - first, {}};
    if ((splice.first == size && splice.removed > 0) || splice.removed == size) {
        splice.first = 0;
    }
    splice.added.assign(line.begin() + (from.along > 0 ? 0 : 1), line.end() - (to.along > 0 ? 0 : 1));
    return splice;
}

geo::Ring areaBetween(const Excursion& excursion, const geo::MultiPolygon& shape) {
    const RingSplice splice = spliceOf(excursion, shape);
    const geo::Ring& ring = geo::ringOf(shape, splice.part, splice.ring);
    geo::Ring area;
    area.reserve(splice.removed + excursion.line.size());
    area.push_back(excursion.from.point);
    const auto first = static_cast<std::size_t>(excursion.from.edge.index) + 1; // also where all of it goes
    for (std::size_t i = 0; i < splice.removed; ++i) {
        area.push_back(ring[(first + i) % ring.size()]);
    }
    area.insert(area.end(), excursion.line.rbegin(), excursion.line.rend() - 1);
    return area;
}

} // namespace nunatak::editing
