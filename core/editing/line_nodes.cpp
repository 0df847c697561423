// SPDX-License-Identifier: GPL-3.0-or-later
#include "editing/line_nodes.h"

#include "base/error.h"
#include "editing/boundaries.h"
#include "geo/box_tree.h"
#include "geo/rings.h"
#include "geo/segments.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <iterator>
#include <map>
#include <tuple>
#include <utility>

namespace nunatak::editing {

namespace {

using Key = std::pair<double, double>;

Key keyOf(geo::Point point) {
    return {point.x, point.y};
}

geo::Extent boxAround(geo::Point a, geo::Point b) {
    geo::Extent box;
    box.include(a);
    box.include(b);
    return box;
}

/// Where on an edge a point lies that is none of its ends; 0: nowhere.
double shareOn(geo::Point point, geo::Point a, geo::Point b) {
    if (geo::distance(point, a) <= onLine || geo::distance(point, b) <= onLine) {
        return 0;
    }
    const double share = geo::along(point, a, b);
    const bool lies = share > 0 && share < 1 && geo::distance(point, geo::pointAlong(a, b, share)) <= onLine;
    return lies ? share : 0;
}

/// Where two segments cross; the same whichever way they are given.
geo::Point crossingOf(geo::Point p, geo::Point q, geo::Point a, geo::Point b) {
    if (keyOf(q) < keyOf(p)) {
        std::swap(p, q);
    }
    if (keyOf(b) < keyOf(a)) {
        std::swap(a, b);
    }
    const auto beside = [&](geo::Point point) {
        return (q.x - p.x) * (point.y - p.y) - (q.y - p.y) * (point.x - p.x);
    };
    const double atA = beside(a);
    const double atB = beside(b);
    return geo::pointAlong(a, b, atA != atB ? std::clamp(atA / (atA - atB), 0.0, 1.0) : 0.5);
}

void dropRepeated(LaidLine& line) {
    geo::Ring& points = line.points;
    points.erase(std::unique(points.begin(), points.end()), points.end());
    while (line.isClosed && points.size() > 1 && points.front() == points.back()) {
        points.pop_back();
    }
}

/// Places that are one but for rounding are the first of them.
class Places {
public:
    geo::Point known(geo::Point point) {
        const auto cell = [](double at) { return static_cast<std::int64_t>(std::floor(at / side)); };
        for (std::int64_t x = cell(point.x - onLine); x <= cell(point.x + onLine); ++x) {
            for (std::int64_t y = cell(point.y - onLine); y <= cell(point.y + onLine); ++y) {
                const auto [first, last] = m_points.equal_range({x, y});
                for (auto each = first; each != last; ++each) {
                    if (geo::distance(each->second, point) <= onLine) {
                        return each->second;
                    }
                }
            }
        }
        m_points.emplace(std::pair(cell(point.x), cell(point.y)), point);
        return point;
    }

private:
    static constexpr double side = 1e-3;
    std::multimap<std::pair<std::int64_t, std::int64_t>, geo::Point> m_points;
};

/// A place on a segment of a laid line.
struct Place {
    std::size_t line, segment;
    double share;
    geo::Point point;
    bool isVertex; ///< of an outline: others come to it
};

class Noder {
public:
    Noder(std::vector<LaidLine> lines, std::span<const Indexed> outlines)
        : m_outlines(outlines), m_nodes(outlines.size()) {
        for (LaidLine& line : lines) {
            if (!geo::isFinite(line.points)) {
                throw Error("A line cannot lead through a place without coordinates.");
            }
            for (geo::Point& point : line.points) {
                point = m_known.known(vertexAt(point));
            }
            dropRepeated(line);
            if (line.points.size() >= (line.isClosed ? 3U : 2U)) {
                m_lines.push_back(std::move(line));
            }
        }
    }

    void meetOutlines() {
        forEachSegment([&](std::size_t line, std::size_t segment, geo::Point p, geo::Point q) {
            for (std::size_t k = 0; k < m_outlines.size(); ++k) {
                m_outlines[k].index->visit(*m_outlines[k].shape, boxAround(p, q).grown(onLine),
                                           [&](const geo::Edge& edge) {
                                               if (edge.a != edge.b) {
                                                   look(line, segment, p, q, k, edge);
                                               }
                                           });
            }
        });
    }

    void meetThemselves() {
        std::vector<std::pair<std::size_t, std::size_t>> segments;
        std::vector<geo::Extent> boxes;
        forEachSegment([&](std::size_t line, std::size_t segment, geo::Point p, geo::Point q) {
            segments.emplace_back(line, segment);
            boxes.push_back(boxAround(p, q));
        });
        const geo::BoxTree tree(boxes);
        for (std::size_t i = 0; i < segments.size(); ++i) {
            tree.visit(boxes[i].grown(onLine), [&](std::size_t k) {
                if (k > i) {
                    lookAtPair(segments[i], segments[k]);
                }
            });
        }
    }

    Noded result() {
        std::map<Key, geo::Point> moved;
        std::sort(m_places.begin(), m_places.end(), [](const Place& a, const Place& b) {
            return std::tuple(a.line, a.segment, a.share) < std::tuple(b.line, b.segment, b.share);
        });
        Noded noded;
        auto next = m_places.begin();
        for (std::size_t line = 0; line < m_lines.size(); ++line) {
            const geo::Ring& points = m_lines[line].points;
            LaidLine with{{}, m_lines[line].isClosed};
            for (std::size_t i = 0; i < points.size(); ++i) {
                with.points.push_back(points[i]);
                const geo::Point end = points[i + 1 < points.size() ? i + 1 : 0];
                bool isLastVertex = true; // or a corner: nothing moves it
                for (; next != m_places.end() && next->line == line && next->segment == i; ++next) {
                    geo::Point& last = with.points.back();
                    if (next->point == last) {
                        continue;
                    }
                    if (geo::distance(next->point, last) <= onLine && !(next->isVertex && isLastVertex)) {
                        if (next->isVertex) {
                            moved[keyOf(last)] = next->point;
                            last = next->point;
                            isLastVertex = true;
                        } else {
                            moved[keyOf(next->point)] = last;
                        }
                    } else if (geo::distance(next->point, end) <= onLine) {
                        moved[keyOf(next->point)] = end;
                    } else {
                        with.points.push_back(next->point);
                        m_added.push_back(next->point);
                        isLastVertex = next->isVertex;
                    }
                }
            }
            dropRepeated(with);
            noded.lines.push_back(std::move(with));
        }
        addToAll();
        for (std::size_t k = 0; k < m_nodes.size(); ++k) {
            noded.nodes.push_back(settled(k, moved));
        }
        return noded;
    }

private:
    template <typename Visit> void forEachSegment(const Visit& visit) const {
        for (std::size_t line = 0; line < m_lines.size(); ++line) {
            const geo::Ring& points = m_lines[line].points;
            const std::size_t count = points.size() - (m_lines[line].isClosed ? 0 : 1);
            for (std::size_t i = 0; i < count; ++i) {
                visit(line, i, points[i], points[i + 1 < points.size() ? i + 1 : 0]);
            }
        }
    }

    /// The vertex of an outline that is there, but for rounding.
    geo::Point vertexAt(geo::Point point) const {
        geo::Point nearest = point;
        double least = onLine;
        for (const Indexed& outline : m_outlines) {
            outline.index->visit(*outline.shape, boxAround(point, point).grown(onLine),
                                 [&](const geo::Edge& edge) {
                                     if (const double away = geo::distance(edge.a, point); away <= least) {
                                         least = away;
                                         nearest = edge.a;
                                     }
                                 });
        }
        return nearest;
    }

    void look(std::size_t line, std::size_t segment, geo::Point p, geo::Point q, std::size_t outline,
              const geo::Edge& edge) {
        const auto add = [&](double share, geo::Point point) {
            m_places.push_back({line, segment, share, point, true});
        };
        const auto isEnd = [&](geo::Point point) { return point == p || point == q; };
        bool meets = isEnd(edge.a) || isEnd(edge.b);
        if (isEnd(edge.a)) {
            node(outline, edge.from, 0, edge.a);
        } else if (const double share = shareOn(edge.a, p, q); share > 0) {
            add(share, edge.a);
            node(outline, edge.from, 0, edge.a);
            meets = true;
        }
        meets = meets || shareOn(edge.b, p, q) > 0;
        for (const geo::Point end : {p, q}) {
            if (end == edge.a || end == edge.b) {
                continue;
            }
            if (const double share = shareOn(end, edge.a, edge.b); share > 0) {
                node(outline, edge.from, share, end);
                meets = true;
            }
        }
        if (meets || geo::meet(p, q, edge.a, edge.b) != geo::Meeting::Cross) {
            return;
        }
        const geo::Point point = m_known.known(crossingOf(p, q, edge.a, edge.b));
        if (geo::distance(point, edge.a) <= onLine) {
            add(geo::along(edge.a, p, q), edge.a);
            node(outline, edge.from, 0, edge.a);
        } else if (geo::distance(point, edge.b) <= onLine) {
            add(geo::along(edge.b, p, q), edge.b);
            node(outline, next(outline, edge.from), 0, edge.b);
        } else {
            m_places.push_back({line, segment, geo::along(point, p, q), point, false});
            node(outline, edge.from, geo::along(point, edge.a, edge.b), point);
        }
    }

    void lookAtPair(const std::pair<std::size_t, std::size_t>& one,
                    const std::pair<std::size_t, std::size_t>& other) {
        const auto [p, q] = ends(one);
        const auto [a, b] = ends(other);
        const auto add = [&](const std::pair<std::size_t, std::size_t>& to, double share, geo::Point point,
                             bool isVertex) {
            m_places.push_back({to.first, to.second, share, point, isVertex});
        };
        bool meets = p == a || p == b || q == a || q == b;
        for (const geo::Point end : {a, b}) {
            if (const double share = shareOn(end, p, q); share > 0) {
                add(one, share, end, true);
                meets = true;
            }
        }
        for (const geo::Point end : {p, q}) {
            if (const double share = shareOn(end, a, b); share > 0) {
                add(other, share, end, true);
                meets = true;
            }
        }
        if (!meets && geo::meet(p, q, a, b) == geo::Meeting::Cross) {
            const geo::Point point = m_known.known(crossingOf(p, q, a, b));
            add(one, geo::along(point, p, q), point, false);
            add(other, geo::along(point, a, b), point, false);
        }
    }

    std::pair<geo::Point, geo::Point> ends(const std::pair<std::size_t, std::size_t>& segment) const {
        const geo::Ring& points = m_lines[segment.first].points;
        const std::size_t i = segment.second;
        return {points[i], points[i + 1 < points.size() ? i + 1 : 0]};
    }

    geo::VertexId next(std::size_t outline, geo::VertexId vertex) const {
        const auto size =
            static_cast<int>(geo::ringOf(*m_outlines[outline].shape, vertex.part, vertex.ring).size());
        vertex.index = vertex.index + 1 < size ? vertex.index + 1 : 0;
        return vertex;
    }

    void node(std::size_t outline, const geo::VertexId& edge, double along, geo::Point point) {
        m_nodes[outline].push_back({edge, along, point});
    }

    /// What became a vertex of a laid line because one outline has it there is one of all whose edge it is
    /// on.
    void addToAll() {
        for (const geo::Point& point : m_added) {
            for (std::size_t k = 0; k < m_outlines.size(); ++k) {
                m_outlines[k].index->visit(
                    *m_outlines[k].shape, boxAround(point, point).grown(onLine), [&](const geo::Edge& edge) {
                        if (const double share = shareOn(point, edge.a, edge.b); share > 0) {
                            node(k, edge.from, share, point);
                        }
                    });
            }
        }
    }

    std::vector<LineNode> settled(std::size_t outline, const std::map<Key, geo::Point>& moved) {
        std::vector<LineNode>& nodes = m_nodes[outline];
        for (LineNode& each : nodes) {
            if (each.along == 0) {
                continue;
            }
            for (auto found = moved.find(keyOf(each.point)); found != moved.end();
                 found = moved.find(keyOf(each.point))) {
                each.point = found->second;
            }
            const geo::Edge edge = edgeAt(*m_outlines[outline].shape, each.edge);
            if (each.point == edge.a || each.point == edge.b) {
                each.edge = each.point == edge.a ? each.edge : next(outline, each.edge);
                each.along = 0;
            } else {
                each.along = std::clamp(geo::along(each.point, edge.a, edge.b), 1e-15, 1 - 1e-15);
            }
        }
        std::sort(nodes.begin(), nodes.end(), [](const LineNode& a, const LineNode& b) {
            return std::tuple(a.edge.part, a.edge.ring, a.edge.index, a.along) <
                   std::tuple(b.edge.part, b.edge.ring, b.edge.index, b.along);
        });
        nodes.erase(std::unique(nodes.begin(), nodes.end(),
                                [](const LineNode& a, const LineNode& b) {
                                    return a.edge.part == b.edge.part && a.edge.ring == b.edge.ring &&
                                           a.point == b.point;
                                }),
                    nodes.end());
        return std::move(nodes);
    }

    std::span<const Indexed> m_outlines;
    Places m_known;
    std::vector<LaidLine> m_lines;
    std::vector<Place> m_places;
    std::vector<geo::Point> m_added; ///< vertices of laid lines that came
    std::vector<std::vector<LineNode>> m_nodes;
};

} // namespace

std::vector<LaidLine> laidRings(const geo::MultiPolygon& region) {
    std::vector<LaidLine> lines;
    geo::forEachRing(region, [&](const geo::Ring& ring, int, int number) {
        LaidLine line{ring, true};
        dropRepeated(line);
        if ((geo::signedArea(line.points) > 0) != (number == 0)) {
            std::reverse(line.points.begin(), line.points.end());
        }
        lines.push_back(std::move(line));
    });
    return lines;
}

Noded nodedLines(std::vector<LaidLine> lines, std::span<const Indexed> outlines, bool withThemselves) {
    Noder noder(std::move(lines), outlines);
    noder.meetOutlines();
    if (withThemselves) {
        noder.meetThemselves();
    }
    return noder.result();
}

} // namespace nunatak::editing
