// SPDX-License-Identifier: GPL-3.0-or-later
#include "editing/landings.h"

#include "editing/crossing.h"
#include "geo/box_tree.h"
#include "geo/segments.h"

#include <algorithm>
#include <iterator>
#include <limits>
#include <optional>
#include <tuple>

namespace nunatak::editing {

namespace {

/// A place on a line as it is now that becomes a vertex of it.
struct Wanted {
    std::size_t line = 0;
    std::size_t edge = 0; ///< of the line now
    double share = 0;     ///< 0: its first vertex, 1: its last
    geo::Point point;
    Landing* landing = nullptr;
};

bool isWithin(std::size_t number, const LineChanges& lines) {
    const auto [line, at] = lines.placeOf(number);
    const LineChange& change = lines.all()[line];
    return change.kind == LineChange::Kind::Drawn && !change.isWhole && at > 0 && at + 1 < change.old.size();
}

geo::Extent boxOf(geo::Point a, geo::Point b) {
    geo::Extent box;
    box.include(a);
    box.include(b);
    return box;
}

Wanted nearestOn(const LineChange& line, geo::Point point) {
    Wanted nearest;
    double least = std::numeric_limits<double>::infinity();
    for (std::size_t i = 0; i + 1 < line.now.size(); ++i) {
        const double share = geo::along(point, line.now[i], line.now[i + 1]);
        const geo::Point there =
            share == 1 ? line.now[i + 1] : geo::pointAlong(line.now[i], line.now[i + 1], share);
        if (const double away = geo::distance(point, there); away < least) {
            least = away;
            nearest = {0, i, share, there};
        }
    }
    return nearest;
}

/// Where two segments that meet do; exactly an end where that lies on the other.
geo::Point meetingPoint(geo::Point a, geo::Point b, geo::Point c, geo::Point d) {
    geo::Point nearest = b;
    double least = std::numeric_limits<double>::infinity();
    const auto consider = [&](geo::Point point) {
        if (const double away = geo::distance(a, point); away < least) {
            least = away;
            nearest = point;
        }
    };
    for (const geo::Point end : {c, d}) {
        if (geo::isOn(end, a, b)) {
            consider(end);
        }
    }
    if (geo::isOn(b, c, d)) {
        consider(b);
    }
    if (least < std::numeric_limits<double>::infinity()) {
        return nearest;
    }
    return crossingOf(a, b, c, d);
}

/// The edges of a new line, found by place.
class NewLine {
public:
    explicit NewLine(const LineChange& line) : m_now(line.now) {
        std::vector<geo::Extent> boxes;
        for (std::size_t i = 0; i + 1 < m_now.size(); ++i) {
            boxes.push_back(boxOf(m_now[i], m_now[i + 1]));
        }
        m_tree = geo::BoxTree(std::move(boxes));
    }

    /// Where a segment first crosses or touches the line.
    std::optional<Wanted> firstOn(geo::Point a, geo::Point b) const {
        std::optional<Wanted> first;
        double least = std::numeric_limits<double>::infinity();
        m_tree.visit(boxOf(a, b), [&](std::size_t edge) {
            const geo::Point c = m_now[edge], d = m_now[edge + 1];
            if (geo::meet(a, b, c, d) == geo::Meeting::None) {
                return;
            }
            geo::Point point = meetingPoint(a, b, c, d);
            for (const geo::Point end : {a, b}) {
                if (geo::distance(point, end) <= onLine) {
                    point = end; // and no second vertex beside it
                }
            }
            if (const double away = geo::distance(a, point); away < least) {
                least = away;
                first = Wanted{0, edge, point == d ? 1 : geo::along(point, c, d), point};
            }
        });
        return first;
    }

private:
    const geo::Ring& m_now;
    geo::BoxTree m_tree;
};

class Landings {
public:
    Landings(LineChanges& lines, const geo::MultiPolygon& after, const geo::EdgeIndex& index)
        : m_lines(lines), m_after(after), m_index(index) {
        for (const LineChange& line : lines.all()) {
            m_newLines.emplace_back(line);
        }
    }

    void find(Sharer& sharer) {
        for (Chain& chain : sharer.chains) {
            for (Run& run : chain.runs) {
                const std::size_t from = chain.edges[run.first].from;
                const std::size_t to = chain.edges[run.last].to;
                if (isWithin(from, m_lines)) {
                    run.start.emplace();
                    land(*run.start, sharer.ring, chain.points[run.first], from,
                         run.first == 0 && !chain.isClosed, -1);
                }
                if (isWithin(to, m_lines)) {
                    run.end.emplace();
                    land(*run.end, sharer.ring, chain.points[run.last + 1], to,
                         run.last + 1 == chain.edges.size() && !chain.isClosed, 1);
                }
            }
        }
    }

    void insert() {
        std::sort(m_wanted.begin(), m_wanted.end(), [](const Wanted& a, const Wanted& b) {
            return std::tuple(a.line, a.edge, a.share) < std::tuple(b.line, b.edge, b.share);
        });
        auto next = m_wanted.begin();
        for (std::size_t number = 0; number < m_lines.all().size(); ++number) {
            LineChange& line = m_lines.all()[number];
            geo::Ring now;
            for (std::size_t i = 0; i < line.now.size(); ++i) {
                now.push_back(line.now[i]);
                for (; next != m_wanted.end() && next->line == number && next->edge == i; ++next) {
                    // What only rounding sets apart is one place.
                    if (geo::distance(next->point, line.now[i + 1]) <= onLine) {
                        next->landing->place = now.size(); // which comes now
                        continue;
                    }
                    if (geo::distance(next->point, now.back()) > onLine) {
                        now.push_back(next->point);
                    }
                    next->landing->place = now.size() - 1;
                }
            }
            line.now = std::move(now);
            line.places.back() = line.now.size() - 1;
        }
    }

private:
    void land(Landing& landing, const SharedRing& ring, const SharedPoint& point, std::size_t number,
              bool leadsOn, int step) {
        const std::size_t line = m_lines.placeOf(number).first;
        std::optional<Wanted> wanted;
        if (geo::whereIs(point.point, m_after, m_index) == geo::Where::Inside) {
            wanted = leadsOn ? cut(landing, ring, point, line, step) : std::nullopt;
            landing.turnsEdge = !wanted;
        } else {
            landing.keepsPoint = true;
        }
        if (!wanted) {
            wanted = nearestOn(m_lines.all()[line], point.point);
        }
        if (geo::distance(wanted->point, point.point) <= onLine) {
            // The new line passes where the old one did, as one that is straight already.
            wanted->point = point.point;
            landing.keepsPoint = false;
            landing.turnsEdge = false;
            landing.swallowed = 0;
        }
        wanted->line = line;
        wanted->landing = &landing;
        m_wanted.push_back(*wanted);
    }

    /// Along the ring away from the line to where the new one crosses it; not past its next shared point.
    std::optional<Wanted> cut(Landing& landing, const SharedRing& ring, const SharedPoint& point,
                              std::size_t line, int step) const {
        const geo::Ring& vertices = ring.vertices();
        const std::size_t size = vertices.size();
        const auto isShared = [&](std::size_t vertex) {
            const auto found =
                std::lower_bound(ring.points.begin(), ring.points.end(), vertex,
                                 [](const SharedPoint& each, std::size_t at) { return each.vertex < at; });
            return found != ring.points.end() && found->vertex == vertex;
        };
        std::size_t next = step > 0           ? (point.vertex + 1) % size
                           : point.isVertex() ? (point.vertex + size - 1) % size
                                              : point.vertex;
        geo::Point from = point.point;
        for (std::size_t passed = 0; passed < size; ++passed) {
            if (const auto there = m_newLines[line].firstOn(from, vertices[next])) {
                landing.swallowed = passed;
                return there;
            }
            // What lies beyond another line of the outline is not on the way.
            if (isShared(next) || geo::whereIs(vertices[next], m_after, m_index) == geo::Where::Outside) {
                return std::nullopt;
            }
            from = vertices[next];
            next = (next + size + static_cast<std::size_t>(step)) % size;
        }
        return std::nullopt;
    }

    LineChanges& m_lines;
    const geo::MultiPolygon& m_after;
    const geo::EdgeIndex& m_index;
    std::vector<NewLine> m_newLines;
    std::vector<Wanted> m_wanted;
};

} // namespace

bool needLandings(const LineChanges& lines, const std::vector<Sharer>& sharers) {
    return std::any_of(sharers.begin(), sharers.end(), [&](const Sharer& sharer) {
        return std::any_of(sharer.chains.begin(), sharer.chains.end(), [&](const Chain& chain) {
            return std::any_of(chain.runs.begin(), chain.runs.end(), [&](const Run& run) {
                return isWithin(chain.edges[run.first].from, lines) ||
                       isWithin(chain.edges[run.last].to, lines);
            });
        });
    });
}

void landOnLines(LineChanges& lines, std::vector<Sharer>& sharers, const geo::MultiPolygon& after,
                 const geo::EdgeIndex& index) {
    Landings landings(lines, after, index);
    for (Sharer& sharer : sharers) {
        landings.find(sharer);
    }
    landings.insert();
}

} // namespace nunatak::editing
