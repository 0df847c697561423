// SPDX-License-Identifier: GPL-3.0-or-later
#include "editing/changed_edges.h"

#include "geo/rings.h"

#include <algorithm>
#include <bit>
#include <cstdint>
#include <map>
#include <unordered_set>

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

/// An edge whichever way it runs.
struct Joined {
    geo::Point a, b;
    bool operator==(const Joined&) const = default;
};

Joined joined(geo::Point a, geo::Point b) {
    return std::pair(a.x, a.y) < std::pair(b.x, b.y) ? Joined{a, b} : Joined{b, a};
}

struct JoinedHash {
    std::size_t operator()(const Joined& edge) const {
        std::uint64_t mixed = 0;
        for (const double number : {edge.a.x, edge.a.y, edge.b.x, edge.b.y}) {
            // 0 and -0 are equal, and so must be what is made of them.
            mixed = (mixed ^ std::bit_cast<std::uint64_t>(number + 0.0)) * 0x9E3779B97F4A7C15ULL;
            mixed ^= mixed >> 29;
        }
        return static_cast<std::size_t>(mixed);
    }
};

template <typename Visit> void forEachEdge(const geo::MultiPolygon& shape, const Visit& visit) {
    geo::forEachRing(shape, [&](const geo::Ring& ring, int part, int number) {
        for (std::size_t i = 0; i < ring.size(); ++i) {
            visit(geo::VertexId{part, number, static_cast<int>(i)},
                  joined(ring[i], ring[i + 1 < ring.size() ? i + 1 : 0]));
        }
    });
}

std::vector<geo::VertexId> edgesNotIn(const geo::MultiPolygon& other, const geo::MultiPolygon& shape) {
    std::unordered_set<Joined, JoinedHash> known;
    forEachEdge(other, [&](const geo::VertexId&, const Joined& edge) { known.insert(edge); });
    std::vector<geo::VertexId> edges;
    forEachEdge(shape, [&](const geo::VertexId& from, const Joined& edge) {
        if (!known.contains(edge)) {
            edges.push_back(from);
        }
    });
    return edges;
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
    std::map<RingOf, std::size_t> count;
    for (const geo::VertexId& edge : changed.coming) {
        ++count[{edge.part, edge.ring}];
    }
    for (const auto& [name, edges] : count) {
        if (edges == geo::ringOf(after, name.first, name.second).size()) {
            changed.newRings.push_back(name);
        }
    }
    return changed;
}

} // namespace nunatak::editing
