// SPDX-License-Identifier: GPL-3.0-or-later
#include "editing/edges_beside.h"

#include <algorithm>
#include <tuple>
#include <utility>

namespace nunatak::editing {

namespace {

/// Where points of a chain come to lie, as the edges beside it see them.
class Ends {
public:
    Ends(const Chain& chain, const LineChanges& lines) : m_chain(chain), m_lines(lines) {}

    /// Of an edge that begins here, behind a run that may end here.
    geo::Point behind(std::size_t point) const {
        const std::size_t end = point == 0 && m_chain.isClosed ? m_chain.edges.size() : point;
        for (const Run& run : m_chain.runs) {
            if (run.last + 1 == end && run.end && run.end->turnsEdge) {
                return landing(*run.end, m_chain.edges[run.last].to);
            }
        }
        return image(m_chain.points[point]);
    }

    /// Of an edge that ends here, before a run that may begin here.
    geo::Point before(std::size_t point) const {
        const std::size_t begin = point == m_chain.edges.size() && m_chain.isClosed ? 0 : point;
        for (const Run& run : m_chain.runs) {
            if (run.first == begin && run.start && run.start->turnsEdge) {
                return landing(*run.start, m_chain.edges[run.first].from);
            }
        }
        return image(m_chain.points[point]);
    }

private:
    geo::Point landing(const Landing& there, std::size_t number) const {
        return m_lines.lineOf(number).now[there.place];
    }

    geo::Point image(const SharedPoint& point) const {
        // Where a line drawn anew leaves it, an edge that ends there may take it along.
        for (const std::size_t number : point.numbers) {
            const geo::Point now = m_lines.imageOf(number);
            if (now != point.point && (point.isVertex() || !m_lines.isDropped(number))) {
                return now;
            }
        }
        return point.point;
    }

    const Chain& m_chain;
    const LineChanges& m_lines;
};

} // namespace

std::vector<BesideEdge> edgesBeside(const std::vector<Sharer>& sharers, const LineChanges& lines) {
    std::vector<BesideEdge> edges;
    const auto add = [&](geo::Point a, geo::Point aNow, geo::Point b, geo::Point bNow) {
        if ((a != aNow || b != bNow) && a != b) {
            const bool isTurned = std::pair(b.x, b.y) < std::pair(a.x, a.y); // one for all whose edge it is
            edges.push_back(isTurned ? BesideEdge{b, a, bNow, aNow} : BesideEdge{a, b, aNow, bNow});
        }
    };
    for (const Sharer& sharer : sharers) {
        const geo::Ring& ring = sharer.ring.vertices();
        for (const Chain& chain : sharer.chains) {
            const Ends ends(chain, lines);
            for (std::size_t i = 0; i < chain.edges.size(); ++i) {
                if (!chain.edges[i].isShared) {
                    add(chain.points[i].point, ends.behind(i), chain.points[i + 1].point, ends.before(i + 1));
                }
            }
            if (chain.isClosed) {
                continue;
            }
            const SharedPoint& front = chain.points.front();
            const geo::Point before =
                ring[(front.vertex + (front.isVertex() ? ring.size() - 1 : 0)) % ring.size()];
            add(before, before, front.point, ends.before(0));
            const SharedPoint& back = chain.points.back();
            const geo::Point after = ring[(back.vertex + 1) % ring.size()];
            add(after, after, back.point, ends.behind(chain.edges.size()));
        }
    }
    const auto key = [](const BesideEdge& edge) {
        return std::tuple(edge.a.x, edge.a.y, edge.b.x, edge.b.y);
    };
    std::sort(edges.begin(), edges.end(), [&](const auto& a, const auto& b) { return key(a) < key(b); });
    edges.erase(std::unique(edges.begin(), edges.end(),
                            [&](const auto& a, const auto& b) { return key(a) == key(b); }),
                edges.end());
    return edges;
}

} // namespace nunatak::editing
