// SPDX-License-Identifier: GPL-3.0-or-later
#include "editing/snap_outline.h"

#include "editing/boundaries.h"
#include "editing/common_ground.h"
#include "editing/snap_departures.h"
#include "geo/rings.h"
#include "geo/segments.h"

#include <algorithm>
#include <limits>
#include <map>
#include <optional>
#include <tuple>
#include <utility>

namespace nunatak::editing {

namespace {

using geo::Meeting;
using geo::Point;
using geo::VertexId;

geo::Extent boxOf(Point a, Point b) {
    geo::Extent box;
    box.include(a);
    box.include(b);
    return box;
}

class OutlineSnap {
public:
    OutlineSnap(SnappedLines& lines, std::size_t outline, const SnapRules& rules,
                std::vector<SnapMeeting>& meetings)
        : m_lines(lines), m_outline(outline), m_rules(rules), m_meetings(meetings),
          m_shape(lines.lines().shape(outline)) {}

    void run() {
        findEdges();
        if (!m_edges.empty()) {
            follow();
            moveVertices();
            // What was taken in bends the line a little nearer to what is next.
            constexpr int most = 16;
            for (int i = 0; i < most && takeIn(); ++i) {
            }
        }
        m_lines.setDone(m_outline);
    }

private:
    /// Edges that may lie near others' and the vertices at their ends.
    void findEdges() {
        const double reach = 3 * m_rules.tolerance;
        const geo::Extent extent = m_lines.lines().outline(m_outline)->extent().grown(reach);
        const Indexed own = m_lines.lines().indexed(m_outline);
        m_lines.lines().visitOutlines(extent, [&](std::size_t other) {
            if (!m_lines.isDone(other)) {
                return;
            }
            const geo::Extent common = inBoth(extent, m_lines.lines().outline(other)->extent().grown(reach));
            own.index->visit(m_shape, common, [&](const geo::Edge& edge) {
                m_edges.push_back(edge);
                m_vertices.push_back({edge.from, edge.a});
                m_vertices.push_back({next(edge.from), edge.b});
            });
        });
        const auto tidy = [](auto& all, const auto& keyOf) {
            std::sort(all.begin(), all.end(),
                      [&](const auto& a, const auto& b) { return keyOf(a) < keyOf(b); });
            all.erase(std::unique(all.begin(), all.end(),
                                  [&](const auto& a, const auto& b) { return keyOf(a) == keyOf(b); }),
                      all.end());
        };
        tidy(m_edges, [](const geo::Edge& edge) { return key(edge.from); });
        tidy(m_vertices, [](const auto& vertex) { return key(vertex.first); });
    }

    VertexId next(VertexId vertex) const {
        const auto size = static_cast<int>(geo::ringOf(m_shape, vertex.part, vertex.ring).size());
        vertex.index = vertex.index + 1 < size ? vertex.index + 1 : 0;
        return vertex;
    }

    /// Vertices that were one with others' go where these went.
    void follow() {
        for (const auto& [vertex, point] : m_vertices) {
            const Point* to = m_lines.followed(point);
            if (to != nullptr) {
                const Point there = *to;
                m_lines.move(m_outline, vertex, point, there);
                m_shared.insert(there);
            }
            m_own.insert(to != nullptr ? *to : point);
        }
    }

    double reachTo(std::size_t other, bool stays) const {
        return !stays && m_rules.joins(m_outline, other) ? m_rules.tolerance : onLine;
    }

    void moveVertices() {
        std::vector<SnapVertex> near;
        for (const auto& [vertex, point] : m_vertices) {
            near.push_back({vertex, point, {}, {}, SnapVertex::Kind::Away});
            if (m_lines.hasMoved(m_outline, vertex)) {
                near.back().kind = SnapVertex::Kind::Shared;
            } else {
                findTargets(near.back());
            }
        }
        leaveDepartures(near, [this](const VertexId& vertex) { return next(vertex); });
        std::vector<SnapTarget> vertices;
        for (const SnapVertex& each : near) {
            vertices.insert(vertices.end(), each.vertices.begin(), each.vertices.end());
        }
        std::sort(vertices.begin(), vertices.end(), [](const SnapTarget& a, const SnapTarget& b) {
            return std::tuple(a.distance, a.point.x, a.point.y, key(a.vertex)) <
                   std::tuple(b.distance, b.point.x, b.point.y, key(b.vertex));
        });
        for (const SnapTarget& target : vertices) {
            if (!m_lines.hasMoved(m_outline, target.vertex) && !m_own.contains(target.point) &&
                isFree(target.from, target.point)) {
                move(target, target.point);
            }
        }
        for (const SnapVertex& each : near) {
            if (!each.line || m_lines.hasMoved(m_outline, each.vertex)) {
                continue;
            }
            if (each.line->distance <= onLine) {
                m_lines.putOnLines(each.point);
            } else if (isFree(each.point, each.line->point)) {
                move(*each.line, m_lines.putOnLines(each.line->point));
            }
        }
    }

    void move(const SnapTarget& target, Point to) {
        m_lines.move(m_outline, target.vertex, target.from, to);
        m_own.insert(to);
        m_shared.insert(to);
        m_meetings.push_back({m_outline, target.other, target.from, to});
    }

    /// Vertices of others that this one may go to, and the nearest place on their lines.
    void findTargets(SnapVertex& near) {
        const Point point = near.point;
        const bool stays = m_rules.stays(point) || m_rules.hasMoved(point);
        std::vector<SnapTarget> found;
        bool isShared = false;
        const geo::Extent box = boxOf(point, point).grown(stays ? onLine : m_rules.tolerance);
        m_lines.visitDone(box, [&](std::size_t other, const geo::Edge&, Point a, Point b) {
            isShared = isShared || a == point || b == point;
            if (isShared) {
                return;
            }
            const double reach = reachTo(other, stays);
            if (const double away = geo::distance(point, a); away <= reach) {
                found.push_back({away, a, other, near.vertex, point});
            }
            const double share = geo::along(point, a, b);
            const Point there = geo::pointAlong(a, b, share);
            const double away = geo::distance(point, there);
            if (share > 0 && share < 1 && away <= reach && (!near.line || away < near.line->distance)) {
                near.line = SnapTarget{away, there, other, near.vertex, point};
            }
        });
        if (isShared) {
            near.line.reset();
            near.kind = SnapVertex::Kind::Shared;
            m_shared.insert(point);
            return;
        }
        if (near.line && near.line->distance <= onLine) {
            near.kind = SnapVertex::Kind::Shared; // as soon as it is a vertex of the line
            m_shared.insert(point);
        }
        // To a vertex, unless the line is much nearer: where the lines run along each other both is the same
        // to them, and it saves vertices.
        const double line = near.line ? near.line->distance : m_rules.tolerance;
        for (const SnapTarget& target : found) {
            if (target.distance <= onLine || (line > onLine && (target.distance <= m_rules.tolerance / 2 ||
                                                                target.distance <= 2 * line))) {
                near.vertices.push_back(target);
            }
        }
        if (near.kind == SnapVertex::Kind::Away && (near.line || !near.vertices.empty())) {
            near.kind = SnapVertex::Kind::Beside;
        }
    }

    /// Whether a vertex gets there without crossing its own outline's line or one that is done.
    bool isFree(Point from, Point to) const {
        bool isFree = true;
        const geo::Extent box = boxOf(from, to);
        m_lines.lines().indexed(m_outline).index->visit(m_shape, box, [&](const geo::Edge& edge) {
            isFree = isFree && (edge.a == from || edge.b == from ||
                                geo::meet(from, to, edge.a, edge.b) == Meeting::None);
        });
        return isFree && isFreeOfOthers(from, to);
    }

    bool isFreeOfOthers(Point from, Point to) const {
        bool isFree = true;
        m_lines.visitDone(boxOf(from, to), [&](std::size_t, const geo::Edge&, Point a, Point b) {
            isFree = isFree && (geo::distanceToSegment(to, a, b) <= onLine ||
                                geo::meet(from, to, a, b) == Meeting::None);
        });
        return isFree;
    }

    /// Pieces take in others' vertices beside them, each the piece it is nearest to. False: there was none.
    bool takeIn() {
        std::vector<SnapBeside> found;
        for (const geo::Edge& edge : m_edges) {
            m_lines.visitPieces(m_outline, edge, [&](Point a, Point b) {
                if (a != b) {
                    findBeside(edge, a, b, found);
                }
            });
        }
        std::sort(found.begin(), found.end(), [](const SnapBeside& a, const SnapBeside& b) {
            return std::tuple(a.distance, a.point.x, a.point.y, key(a.edge), a.share) <
                   std::tuple(b.distance, b.point.x, b.point.y, key(b.edge), b.share);
        });
        using Piece = std::tuple<int, int, int, double, double>;
        std::map<Piece, std::vector<SnapBeside>> taken;
        PointSet claimed;
        for (const SnapBeside& each : found) {
            if (!claimed.contains(each.point) && (each.distance <= onLine || isFreeToCome(each))) {
                claimed.insert(each.point);
                taken[std::tuple_cat(key(each.edge), std::tuple(each.a.x, each.a.y))].push_back(each);
            }
        }
        std::vector<geo::Edge> changed;
        bool isAny = false;
        for (auto& [piece, points] : taken) {
            if (put(points)) {
                isAny = true;
                const auto edge = std::lower_bound(
                    m_edges.begin(), m_edges.end(), key(points.front().edge),
                    [](const geo::Edge& each, const auto& wanted) { return key(each.from) < wanted; });
                if (changed.empty() || key(changed.back().from) != key(edge->from)) {
                    changed.push_back(*edge);
                }
            }
        }
        m_edges = std::move(changed);
        return isAny;
    }

    /// Those beside a piece of an edge, and no farther from the edge as it was: each one that is taken in
    /// bends the piece nearer to the next.
    void findBeside(const geo::Edge& edge, Point a, Point b, std::vector<SnapBeside>& found) const {
        const std::size_t known = found.size();
        bool isShared = false; // as it is, with another's edge: others' vertices beside it are of other lines
        m_lines.visitDone(boxOf(a, b).grown(m_rules.tolerance), [&](std::size_t other, const geo::Edge&,
                                                                    Point point, Point end) {
            isShared = isShared || (point == a && end == b) || (point == b && end == a);
            const double share = geo::along(point, a, b);
            if (!(share > 0 && share < 1) || m_own.contains(point)) {
                return;
            }
            const double away = geo::distance(point, geo::pointAlong(a, b, share));
            const bool isBeside = !isShared && away <= reachTo(other, m_rules.stays(point)) &&
                                  geo::distanceToSegment(point, edge.a, edge.b) <= m_rules.tolerance &&
                                  m_rules.isWithin(m_outline, point);
            if (away <= onLine || isBeside) {
                found.push_back({away, point, other, edge.from, a, b, share});
            }
        });
        if (isShared) {
            found.erase(std::remove_if(found.begin() + static_cast<std::ptrdiff_t>(known), found.end(),
                                       [](const SnapBeside& each) { return each.distance > onLine; }),
                        found.end());
        }
    }

    /// Whether no line lies between the vertex and the piece that shall take it in.
    bool isFreeToCome(const SnapBeside& each) const {
        const Point on = geo::pointAlong(each.a, each.b, each.share);
        bool isFree = true;
        m_lines.visitPiecesIn(m_outline, boxOf(each.point, on), [&](const geo::Edge& edge, Point a, Point b) {
            const bool isPiece = edge.from == each.edge && a == each.a && b == each.b;
            isFree = isFree && (isPiece || geo::meet(each.point, on, a, b) == Meeting::None);
        });
        return isFree && isFreeOfOthers(on, each.point);
    }

    /// In their order along the piece. Where it leaves the others' lines for an end that is not on them it
    /// keeps its course beyond. False where nothing was put.
    bool put(std::vector<SnapBeside> points) {
        std::sort(points.begin(), points.end(), [](const SnapBeside& a, const SnapBeside& b) {
            return std::tuple(a.share, a.point.x, a.point.y) < std::tuple(b.share, b.point.x, b.point.y);
        });
        const Point a = points.front().a;
        const Point b = points.front().b;
        leaveDepartures(points, m_shared.contains(a), m_shared.contains(b));
        if (points.empty()) {
            return false;
        }
        geo::Ring come;
        const auto addExit = [&](Point end, const SnapBeside& last) {
            if (m_shared.contains(end) || last.distance <= onLine) {
                return; // it ends on a line, or comes with what lay on it
            }
            if (const auto exit = exitTo(geo::pointAlong(last.a, last.b, last.share), end)) {
                come.push_back(*exit);
                m_own.insert(*exit);
            }
        };
        addExit(a, points.front());
        for (const SnapBeside& each : points) {
            come.push_back(each.point);
        }
        addExit(b, points.back());
        for (const SnapBeside& each : points) {
            m_own.insert(each.point);
            m_shared.insert(each.point);
            if (each.distance > onLine) {
                m_meetings.push_back(
                    {m_outline, each.other, geo::pointAlong(each.a, each.b, each.share), each.point});
            }
        }
        m_lines.putBetween(m_outline, points.front().edge, a, come);
        return true;
    }

    /// Where it is farther than the tolerance from all lines, on the way to an end; none where that is only
    /// at the end.
    std::optional<Point> exitTo(Point start, Point end) const {
        const double length = geo::distance(start, end);
        double near = 0;
        double far = 0;
        while (far < length) {
            far = std::min(length, near + m_rules.tolerance / 2);
            if (!isNearOthers(geo::pointAlong(start, end, far / length))) {
                break;
            }
            near = far;
        }
        if (near >= length) {
            return std::nullopt;
        }
        for (int i = 0; i < 30; ++i) {
            const double middle = (near + far) / 2;
            (isNearOthers(geo::pointAlong(start, end, middle / length)) ? near : far) = middle;
        }
        return length - far > m_rules.tolerance / 10
                   ? std::optional(geo::pointAlong(start, end, far / length))
                   : std::nullopt;
    }

    bool isNearOthers(Point point) const {
        bool isNear = false;
        m_lines.visitDone(boxOf(point, point).grown(m_rules.tolerance),
                          [&](std::size_t other, const geo::Edge&, Point a, Point b) {
                              isNear = isNear || (m_rules.joins(m_outline, other) &&
                                                  geo::distanceToSegment(point, a, b) <= m_rules.tolerance);
                          });
        return isNear;
    }

    SnappedLines& m_lines;
    std::size_t m_outline;
    const SnapRules& m_rules;
    std::vector<SnapMeeting>& m_meetings;
    const geo::MultiPolygon& m_shape;
    std::vector<geo::Edge> m_edges;
    std::vector<std::pair<VertexId, Point>> m_vertices;
    PointSet m_own;    ///< where the outline has vertices near others' lines
    PointSet m_shared; ///< those that are others', too
};

} // namespace

void snapOutline(SnappedLines& lines, std::size_t outline, const SnapRules& rules,
                 std::vector<SnapMeeting>& meetings) {
    OutlineSnap(lines, outline, rules, meetings).run();
}

} // namespace nunatak::editing
