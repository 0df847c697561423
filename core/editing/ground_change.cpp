// SPDX-License-Identifier: GPL-3.0-or-later
#include "editing/ground_change.h"

#include "editing/boundaries.h"
#include "geo/rings.h"
#include "geo/segments.h"

#include <algorithm>
#include <limits>
#include <map>
#include <utility>
#include <vector>

namespace nunatak::editing {

namespace {

/// Which way the rings of a shape run.
class Turns {
public:
    explicit Turns(const Indexed& of) : m_of(of) {}

    /// 1 where the ground lies to the left of the ring, else -1.
    int of(const geo::VertexId& edge) {
        const auto [found, isNew] = m_known.try_emplace({edge.part, edge.ring}, 0);
        if (isNew) {
            const bool isLeft =
                m_of.index->isCounterClockwise(*m_of.shape, edge.part, edge.ring) == (edge.ring == 0);
            found->second = isLeft ? 1 : -1;
        }
        return found->second;
    }

private:
    const Indexed& m_of;
    std::map<std::pair<int, int>, int> m_known;
};

/// An edge that comes, or, turned round, one that goes: all of them enclose what the outline gains.
struct Swept {
    geo::Point a, b;
    int sign;
};

void addSwept(const Indexed& of, const std::vector<geo::VertexId>& edges, int sign, std::vector<Swept>& all) {
    Turns turns(of);
    for (const geo::VertexId& from : edges) {
        const geo::Edge edge = edgeAt(*of.shape, from);
        all.push_back({edge.a, edge.b, sign * turns.of(from)});
    }
}

/// Whether they lead back to where they begin, so that they enclose something.
bool isClosed(const std::vector<Swept>& edges) {
    std::map<std::pair<double, double>, int> ends;
    for (const Swept& edge : edges) {
        ends[{edge.a.x, edge.a.y}] += edge.sign;
        ends[{edge.b.x, edge.b.y}] -= edge.sign;
    }
    return std::all_of(ends.begin(), ends.end(), [](const auto& end) { return end.second == 0; });
}

std::vector<geo::VertexId> allEdges(const geo::MultiPolygon& shape) {
    std::vector<geo::VertexId> edges;
    geo::forEachVertex(shape, [&](const geo::VertexId& id, geo::Point) { edges.push_back(id); });
    return edges;
}

double heightAt(double x, geo::Point a, geo::Point b) {
    return a.y + (b.y - a.y) * ((x - a.x) / (b.x - a.x));
}

/// The area below both of two edges on their common width, its sign that of their directions.
double areaBelowBoth(geo::Point a, geo::Point b, geo::Point c, geo::Point d) {
    const int sign = (a.x < b.x) == (c.x < d.x) ? 1 : -1;
    const double left = std::max(std::min(a.x, b.x), std::min(c.x, d.x));
    const double right = std::min(std::max(a.x, b.x), std::max(c.x, d.x));
    if (!(left < right)) {
        return 0; // upright edges, too
    }
    const double oneLeft = heightAt(left, a, b), oneRight = heightAt(right, a, b);
    const double otherLeft = heightAt(left, c, d), otherRight = heightAt(right, c, d);
    const double atLeft = oneLeft - otherLeft, atRight = oneRight - otherRight;
    if ((atLeft <= 0) == (atRight <= 0)) {
        return sign * (right - left) * (std::min(oneLeft, otherLeft) + std::min(oneRight, otherRight)) / 2;
    }
    const double middle = left + (right - left) * (atLeft / (atLeft - atRight));
    const double height = heightAt(middle, a, b);
    return sign *
           ((middle - left) * (std::min(oneLeft, otherLeft) + height) +
            (right - middle) * (height + std::min(oneRight, otherRight))) /
           2;
}

} // namespace

double commonGroundGained(const Indexed& before, const Indexed& after, const ChangedEdges& changed,
                          const Indexed& other) {
    std::vector<Swept> swept;
    addSwept(after, changed.coming, 1, swept);
    addSwept(before, changed.going, -1, swept);
    if (swept.empty()) {
        return 0;
    }
    if (!isClosed(swept)) {
        // A ring was turned inside out: edges that stay have their ground on the other side.
        swept.clear();
        addSwept(after, allEdges(*after.shape), 1, swept);
        addSwept(before, allEdges(*before.shape), -1, swept);
    }
    geo::Extent box;
    for (const Swept& edge : swept) {
        box.include(edge.a);
        box.include(edge.b);
    }
    // Whatever lies wholly below the box adds nothing, since the edges are closed. Heights from its lower
    // edge on: the coordinates' millions of metres would cost the last digits.
    const auto near = [&](geo::Point point) { return geo::Point{point.x - box.xmin, point.y - box.ymin}; };
    Turns turns(other);
    double gained = 0;
    for (const Swept& edge : swept) {
        const geo::Extent above{std::min(edge.a.x, edge.b.x), box.ymin, std::max(edge.a.x, edge.b.x),
                                std::numeric_limits<double>::infinity()};
        other.index->visit(*other.shape, above, [&](const geo::Edge& met) {
            gained += edge.sign * turns.of(met.from) *
                      areaBelowBoth(near(edge.a), near(edge.b), near(met.a), near(met.b));
        });
    }
    return gained;
}

double roundingOfGround(const Indexed& before, const Indexed& after, const ChangedEdges& changed) {
    double length = 0;
    for (const auto& [of, edges] : {std::pair(&before, &changed.going), std::pair(&after, &changed.coming)}) {
        for (const geo::VertexId& from : *edges) {
            const geo::Edge edge = edgeAt(*of->shape, from);
            length += geo::distance(edge.a, edge.b);
        }
    }
    return onLine * (1 + length);
}

} // namespace nunatak::editing
