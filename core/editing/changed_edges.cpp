// SPDX-License-Identifier: GPL-3.0-or-later
#include "editing/changed_edges.h"

#include "editing/joined_edges.h"
#include "geo/rings.h"

#include <algorithm>
#include <map>
#include <utility>

namespace nunatak::editing {

namespace {

using RingOf = std::pair<int, int>;

/// The edges of a ring from number `first` (which may be -1) on.
void addEdges(const RingOf& ring, std::ptrdiff_t first, std::size_t count, std::size_t size,
              std::vector<geo::VertexId>& edges) {
    const auto whole = static_cast<std::ptrdiff_t>(size);
    for (std::size_t i = 0; i < std::min(count, size); ++i) {
        const std::ptrdiff_t at = (first + static_cast<std::ptrdiff_t>(i) + whole) % whole;
        edges.push_back({ring.first, ring.second, static_cast<int>(at)});
    }
}

template <typename Visit> void forEachEdge(const geo::MultiPolygon& shape, const Visit& visit) {
    geo::forEachRing(shape, [&](const geo::Ring& ring, int part, int number) {
        for (std::size_t i = 0; i < ring.size(); ++i) {
            visit(geo::VertexId{part, number, static_cast<int>(i)},
                  joined(ring[i], ring[i + 1 < ring.size() ? i + 1 : 0]));
        }
    });
}

void addEdges(const geo::MultiPolygon& shape, JoinedEdges& edges) {
    forEachEdge(shape, [&](const geo::VertexId&, const JoinedEdge& edge) { edges.insert(edge); });
}

std::vector<geo::VertexId> edgesNotIn(const JoinedEdges& known, const geo::MultiPolygon& shape) {
    std::vector<geo::VertexId> edges;
    forEachEdge(shape, [&](const geo::VertexId& from, const JoinedEdge& edge) {
        if (!known.contains(edge)) {
            edges.push_back(from);
        }
    });
    return edges;
}

std::vector<geo::VertexId> edgesNotIn(const geo::MultiPolygon& other, const geo::MultiPolygon& shape) {
    JoinedEdges known;
    addEdges(other, known);
    return edgesNotIn(known, shape);
}

/// The rings of which all edges come.
std::vector<RingOf> newRings(const geo::MultiPolygon& after, const std::vector<geo::VertexId>& coming) {
    std::map<RingOf, std::size_t> count;
    for (const geo::VertexId& edge : coming) {
        ++count[{edge.part, edge.ring}];
    }
    std::vector<RingOf> rings;
    for (const auto& [name, edges] : count) {
        if (edges == geo::ringOf(after, name.first, name.second).size()) {
            rings.push_back(name);
        }
    }
    return rings;
}

} // namespace

ChangedEdges changedEdges(const geo::MultiPolygon& before, std::span<const RingSplice> splices) {
    std::map<RingOf, std::vector<const RingSplice*>> byRing;
    for (const RingSplice& splice : splices) {
        byRing[{splice.part, splice.ring}].push_back(&splice);
    }
    ChangedEdges changed;
    for (auto& [name, ofRing] : byRing) {
        std::sort(ofRing.begin(), ofRing.end(),
                  [](const RingSplice* a, const RingSplice* b) { return a->first < b->first; });
        const std::size_t size = geo::ringOf(before, name.first, name.second).size();
        std::size_t newSize = size;
        for (const RingSplice* splice : ofRing) {
            newSize = newSize - splice->removed + splice->added.size();
        }
        if (newSize == 0) {
            continue;
        }
        if (ofRing.front()->removed == size) {
            addEdges(name, 0, size, size, changed.going);
            addEdges(name, 0, newSize, newSize, changed.coming);
            changed.newRings.push_back(name);
            continue;
        }
        // What the last one takes at the ring's beginning moves the others to the front.
        const RingSplice& last = *ofRing.back();
        const std::size_t end = last.first + last.removed;
        auto shift = static_cast<std::ptrdiff_t>(end > size && !keepsNumbers(last) ? end - size : 0) * -1;
        for (const RingSplice* splice : ofRing) {
            const auto first = static_cast<std::ptrdiff_t>(splice->first);
            addEdges(name, first - 1, splice->removed + 1, size, changed.going);
            addEdges(name, first + shift - 1, splice->added.size() + 1, newSize, changed.coming);
            shift += static_cast<std::ptrdiff_t>(splice->added.size()) -
                     static_cast<std::ptrdiff_t>(splice->removed);
        }
    }
    return changed;
}

ChangedEdges changedEdges(const geo::MultiPolygon& before, const geo::MultiPolygon& after) {
    ChangedEdges changed;
    changed.going = edgesNotIn(after, before);
    changed.coming = edgesNotIn(before, after);
    changed.newRings = newRings(after, changed.coming);
    return changed;
}

struct EdgesThere::Set {
    JoinedEdges edges;
};

EdgesThere::EdgesThere(std::span<const geo::MultiPolygon* const> shapes) {
    auto set = std::make_shared<Set>();
    for (const geo::MultiPolygon* shape : shapes) {
        addEdges(*shape, set->edges);
    }
    m_set = std::move(set);
}

ChangedEdges EdgesThere::comingIn(const geo::MultiPolygon& shape) const {
    ChangedEdges changed;
    changed.coming = edgesNotIn(m_set->edges, shape);
    changed.newRings = newRings(shape, changed.coming);
    return changed;
}

} // namespace nunatak::editing
