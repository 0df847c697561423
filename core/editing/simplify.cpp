// SPDX-License-Identifier: GPL-3.0-or-later
#include "editing/simplify.h"

#include "base/error.h"
#include "editing/carried_over.h"
#include "editing/chain_stretches.h"
#include "editing/gate.h"
#include "editing/held_vertices.h"
#include "editing/layer_lines.h"
#include "editing/remove_outlines.h"
#include "editing/reshape.h"
#include "geo/segments.h"

#include <algorithm>
#include <cstdio>
#include <functional>
#include <limits>
#include <queue>
#include <set>
#include <tuple>
#include <utility>

namespace nunatak::editing {

namespace {

constexpr double never = std::numeric_limits<double>::infinity();
/// A vertex that something stands in the way of is asked again at so many times its distance.
constexpr double later = 1.25;
constexpr std::size_t mostLeft = 100; ///< chains that would cross: more are no accident

using Key = std::pair<double, double>;
Key keyOf(geo::Point point) {
    return {point.x, point.y};
}

bool isInTriangle(geo::Point point, geo::Point a, geo::Point b, geo::Point c) {
    const int ab = geo::side(a, b, point), bc = geo::side(b, c, point), ca = geo::side(c, a, point);
    if (geo::side(a, b, c) == 0) {
        return geo::isOn(point, a, b) || geo::isOn(point, b, c) || geo::isOn(point, c, a);
    }
    return (ab >= 0 && bc >= 0 && ca >= 0) || (ab <= 0 && bc <= 0 && ca <= 0);
}

/// Which vertices go, and in which order.
class Remover {
public:
    Remover(const SharedChains& chains, double most, bool mayOverlap)
        : m_chains(chains.chains), m_lines(chains.outlines),
          m_held(heldVertices(chains, m_lines, mayOverlap)), m_most(most) {
        for (const SharedChain& chain : m_chains) {
            const std::size_t size = chain.points.size();
            Links links{std::vector<std::size_t>(size), std::vector<std::size_t>(size),
                        std::vector<std::size_t>(size, 0), size};
            for (std::size_t i = 0; i < size; ++i) {
                links.before[i] = (i + size - 1) % size;
                links.after[i] = (i + 1) % size;
            }
            m_links.push_back(std::move(links));
            m_goesAt.emplace_back(size, never);
        }
        for (std::size_t chain = 0; chain < m_chains.size(); ++chain) {
            const SharedChain& each = m_chains[chain];
            if (!each.isClosed && each.points.size() == 2) {
                m_straight.insert(ends(each));
            }
            for (std::size_t i = 1; i + (each.isClosed ? 0 : 1) < each.points.size(); ++i) {
                ask(chain, i);
            }
        }
    }

    /// Of each stretch that stays the vertex that would go at the least distance, and that.
    std::vector<std::pair<double, geo::Point>> held() const {
        std::vector<std::pair<double, geo::Point>> all;
        for (std::size_t chain = 0; chain < m_chains.size(); ++chain) {
            const geo::Ring& points = m_chains[chain].points;
            bool isOn = false;
            for (std::size_t i = 1; i + 1 < points.size(); ++i) {
                if (m_held[chain][i]) {
                    const double cost = geo::distanceToSegment(points[i], points[i - 1], points[i + 1]);
                    if (!isOn) {
                        all.emplace_back(cost, points[i]);
                    } else if (cost < all.back().first) {
                        all.back() = {cost, points[i]};
                    }
                }
                isOn = m_held[chain][i];
            }
        }
        return all;
    }

    std::vector<std::vector<double>> run() {
        double reached = 0;
        while (!m_waiting.empty()) {
            const Candidate next = m_waiting.top();
            m_waiting.pop();
            Links& links = m_links[next.chain];
            if (next.version != links.version[next.vertex] || !mayGo(next)) {
                continue;
            }
            if (isInTheWay(next)) {
                const double again = std::max(next.cost * later, m_most / 1000);
                if (again <= m_most) {
                    m_waiting.push({again, next.chain, next.vertex, next.version});
                }
                continue;
            }
            reached = std::max(reached, next.cost);
            m_goesAt[next.chain][next.vertex] = reached;
            take(next);
        }
        return std::move(m_goesAt);
    }

private:
    struct Links {
        std::vector<std::size_t> before, after, version;
        std::size_t left;
    };
    struct Candidate {
        double cost;
        std::size_t chain, vertex, version;
        bool operator>(const Candidate& other) const {
            return std::tie(cost, chain, vertex) > std::tie(other.cost, other.chain, other.vertex);
        }
    };

    static std::pair<Key, Key> ends(const SharedChain& chain) {
        return std::minmax(keyOf(chain.points.front()), keyOf(chain.points.back()));
    }

    /// How far the line moves at most where the vertex goes.
    void ask(std::size_t chain, std::size_t vertex) {
        const geo::Ring& points = m_chains[chain].points;
        Links& links = m_links[chain];
        const std::size_t first = links.before[vertex], last = links.after[vertex];
        double cost = 0;
        for (std::size_t i = (first + 1) % points.size(); i != last && cost <= m_most;
             i = (i + 1) % points.size()) {
            cost = std::max(cost, geo::distanceToSegment(points[i], points[first], points[last]));
        }
        const std::size_t version = ++links.version[vertex];
        if (cost <= m_most && !m_held[chain][vertex]) {
            m_waiting.push({cost, chain, vertex, version});
        }
    }

    /// Rings keep an area, and two lines between the same ends do not become one.
    bool mayGo(const Candidate& next) {
        const SharedChain& chain = m_chains[next.chain];
        const std::size_t left = m_links[next.chain].left;
        if (chain.isClosed) {
            return left > 3;
        }
        if (chain.points.front() == chain.points.back()) {
            return left > 4; // the first one is there twice
        }
        return left > 3 || m_straight.insert(ends(chain)).second;
    }

    bool isInTheWay(const Candidate& next) {
        const geo::Ring& points = m_chains[next.chain].points;
        const Links& links = m_links[next.chain];
        const geo::Point a = points[links.before[next.vertex]];
        const geo::Point b = points[next.vertex];
        const geo::Point c = points[links.after[next.vertex]];
        geo::Extent box;
        for (const geo::Point& point : {a, b, c}) {
            box.include(point);
        }
        bool isInTheWay = false;
        m_lines.visitEdges(box, [&](std::size_t, const geo::Edge& edge) {
            const geo::Point point = edge.a;
            isInTheWay = isInTheWay || (box.contains(point) && point != a && point != b && point != c &&
                                        isInTriangle(point, a, b, c) && !m_gone.contains(keyOf(point)));
        });
        if (isInTheWay && !m_chains[next.chain].isClosed && links.left == 3) {
            m_straight.erase(ends(m_chains[next.chain]));
        }
        return isInTheWay;
    }

    void take(const Candidate& next) {
        const SharedChain& chain = m_chains[next.chain];
        Links& links = m_links[next.chain];
        const std::size_t before = links.before[next.vertex], after = links.after[next.vertex];
        links.after[before] = after;
        links.before[after] = before;
        ++links.version[next.vertex];
        --links.left;
        m_gone.insert(keyOf(chain.points[next.vertex]));
        for (const std::size_t beside : {before, after}) {
            const bool isEnd = beside == 0 || (!chain.isClosed && beside + 1 == chain.points.size());
            if (!isEnd) {
                ask(next.chain, beside);
            }
        }
    }

    const std::vector<SharedChain>& m_chains;
    LayerLines m_lines;
    std::vector<std::vector<bool>> m_held;
    double m_most;
    std::vector<Links> m_links;
    std::vector<std::vector<double>> m_goesAt;
    std::set<Key> m_gone;
    std::set<std::pair<Key, Key>> m_straight; ///< ends of chains that are one edge
    std::priority_queue<Candidate, std::vector<Candidate>, std::greater<>> m_waiting;
};

double areaOf(const Draft& draft, const SharedChains& chains) {
    double area = 0;
    for (std::size_t i = 0; i < chains.asked; ++i) {
        area += draft.require({chains.layer, chains.outlines[i]->uuid})->area();
    }
    return area;
}

std::size_t verticesOf(const Draft& draft, const SharedChains& chains) {
    std::size_t count = 0;
    for (std::size_t i = 0; i < chains.asked; ++i) {
        count += draft.require({chains.layer, chains.outlines[i]->uuid})->vertices();
    }
    return count;
}

/// Of the lines that are others now the one nearest to a place.
std::size_t nearestChanged(const SharedChains& chains, const std::vector<geo::Ring>& lines,
                           geo::Point place) {
    std::size_t nearest = lines.size();
    double least = never;
    for (std::size_t i = 0; i < lines.size(); ++i) {
        if (lines[i] == chains.chains[i].points) {
            continue;
        }
        if (const double away = geo::nearestOnRing(lines[i], place).distance; away < least) {
            least = away;
            nearest = i;
        }
    }
    return nearest;
}

/// Throws Refused where these lines cannot be.
Generalised tried(Draft draft, const SharedChains& chains, const std::vector<geo::Ring>& lines,
                  const std::string& verb, const std::string& how) {
    Generalised result;
    std::vector<outlines::OutlineRef> refs;
    for (std::size_t i = 0; i < chains.asked; ++i) {
        refs.push_back({chains.layer, chains.outlines[i]->uuid});
    }
    const double before = areaOf(draft, chains);
    result.verticesBefore = verticesOf(draft, chains);
    std::vector<Reshape> changes = reshapesOf(chains, lines);
    if (!changes.empty()) {
        draft.reshape(std::move(changes));
    }
    result.vertices = verticesOf(draft, chains);
    result.areaChange = areaOf(draft, chains) - before;
    const std::string names = namesInSentence(draft, refs);
    const bool isOne = refs.size() == 1;
    result.edit =
        keepingDates(draft.edit(verb + (isOne ? withNeighbours(draft, refs.front(), names) : names) + how,
                                isOne ? std::optional(refs.front()) : std::nullopt));
    return result;
}

} // namespace

Generalised generalised(const Draft& draft, const SharedChains& chains, std::vector<geo::Ring> lines,
                        const std::string& verb, const std::string& how, const Progress& progress) {
    std::vector<geo::Point> left;
    for (;;) {
        progress.throwIfStopped();
        try {
            Generalised result = tried(draft, chains, lines, verb, how);
            result.left = std::move(left);
            return result;
        } catch (const Refused& refused) {
            const std::size_t worst = refused.place() && left.size() < mostLeft
                                          ? nearestChanged(chains, lines, *refused.place())
                                          : lines.size();
            if (worst == lines.size()) {
                throw;
            }
            lines[worst] = chains.chains[worst].points;
            left.push_back(*refused.place());
        }
    }
}

std::string metresText(double distance) {
    char text[32];
    std::snprintf(text, sizeof text, "%.4g m", distance);
    return text;
}

Simplifier::Simplifier(Draft draft, std::span<const outlines::OutlineRef> refs, double most,
                       std::span<const geo::Point> only)
    : m_draft(std::move(draft)), m_most(most), m_isStretch(!only.empty()),
      m_chains(stretchesOf(sharedChains(m_draft, refs), only)) {
    Remover remover(m_chains, most, m_draft.mayOverlap(m_chains.layer));
    m_held = remover.held();
    m_goesAt = remover.run();
}

Generalised Simplifier::at(double tolerance, double groundMetres) const {
    if (!(tolerance >= 0) || tolerance > m_most) {
        throw Error("A line is simplified by a distance from 0 to " + std::to_string(m_most) + ".");
    }
    std::vector<geo::Ring> lines;
    for (std::size_t i = 0; i < m_goesAt.size(); ++i) {
        geo::Ring line;
        for (std::size_t k = 0; k < m_goesAt[i].size(); ++k) {
            if (!(m_goesAt[i][k] <= tolerance)) {
                line.push_back(m_chains.chains[i].points[k]);
            }
        }
        lines.push_back(std::move(line));
    }
    Generalised result =
        generalised(m_draft, m_chains, std::move(lines), m_isStretch ? "Simplify a stretch of " : "Simplify ",
                    " within " + metresText(tolerance * groundMetres));
    for (const auto& [cost, vertex] : m_held) {
        if (cost <= tolerance) {
            result.left.push_back(vertex);
        }
    }
    return result;
}

} // namespace nunatak::editing
