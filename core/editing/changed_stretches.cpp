// SPDX-License-Identifier: GPL-3.0-or-later
#include "editing/changed_stretches.h"

#include "editing/joined_edges.h"
#include "geo/paths.h"
#include "geo/ring_difference.h"
#include "geo/rings.h"

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <utility>

namespace nunatak::editing {

namespace {

/// Edges of a ring that may be others than before, by the numbers of the vertices that they begin at.
struct Open {
    const geo::Ring* ring;
    std::vector<std::size_t> edges{};
};

Open allOf(const geo::Ring& ring) {
    Open open{&ring};
    for (std::size_t i = 0; i < ring.size(); ++i) {
        open.edges.push_back(i);
    }
    return open;
}

/// From the vertex before number `first` to that of number `end`, which may be the ring's first one again.
Open between(const geo::Ring& ring, std::size_t first, std::size_t end) {
    Open open{&ring};
    for (std::size_t k = 0; k < std::min(end - first + 1, ring.size()); ++k) {
        open.edges.push_back((first + ring.size() - 1 + k) % ring.size());
    }
    return open;
}

/// Of two rings of the same number in a walk along both, which for one of 100,000 vertices costs less than
/// looking its edges up: between the first and the last vertices that are others, and of as many vertices
/// those edges alone that are not the same.
void addOpen(const geo::Ring& before, const geo::Ring& after, std::vector<Open>& was,
             std::vector<Open>& now) {
    if (before.size() != after.size()) {
        const auto difference = geo::differenceOf(before, after);
        was.push_back(between(before, difference.first, difference.endBefore));
        now.push_back(between(after, difference.first, difference.endAfter));
        return;
    }
    Open open{&before};
    for (std::size_t i = 0, next = 1; i < before.size(); ++i, ++next) {
        next = next < before.size() ? next : 0;
        if (before[i] != after[i] || before[next] != after[next]) {
            open.edges.push_back(i);
        }
    }
    now.push_back({&after, open.edges});
    was.push_back(std::move(open));
}

JoinedEdge edgeOf(const geo::Ring& ring, std::size_t from) {
    return joined(ring[from], ring[from + 1 < ring.size() ? from + 1 : 0]);
}

/// Runs of edges that are none of the others, with the vertices at both of their ends.
void addRuns(const std::vector<Open>& all, const std::vector<Open>& others, std::vector<Stretch>& stretches) {
    JoinedEdges known;
    std::size_t count = 0;
    for (const Open& other : others) {
        count += other.edges.size();
    }
    known.reserve(count);
    for (const Open& other : others) {
        for (const std::size_t edge : other.edges) {
            known.insert(edgeOf(*other.ring, edge));
        }
    }
    for (const Open& open : all) {
        const geo::Ring& ring = *open.ring;
        std::vector<std::size_t> edges; // in their order
        std::copy_if(open.edges.begin(), open.edges.end(), std::back_inserter(edges),
                     [&](std::size_t edge) { return !known.contains(edgeOf(ring, edge)); });
        if (edges.empty()) {
            continue;
        }
        if (edges.size() == ring.size()) {
            stretches.push_back({ring, true});
            continue;
        }
        std::sort(edges.begin(), edges.end());
        // No run goes over the beginning of the walk.
        std::size_t first = 0;
        while (first + 1 < edges.size() && edges[first + 1] == edges[first] + 1) {
            ++first;
        }
        const bool isOver = edges.front() == 0 && edges.back() + 1 == ring.size();
        std::rotate(edges.begin(), edges.begin() + static_cast<std::ptrdiff_t>(isOver ? first + 1 : 0),
                    edges.end());
        for (std::size_t i = 0; i < edges.size(); ++i) {
            if (i == 0 || edges[i] != (edges[i - 1] + 1) % ring.size()) {
                stretches.push_back({{ring[edges[i]]}});
            }
            stretches.back().points.push_back(ring[(edges[i] + 1) % ring.size()]);
        }
    }
}

const geo::Ring* ringAt(const geo::MultiPolygon& shape, int part, int number) {
    const bool isThere =
        static_cast<std::size_t>(part) < shape.size() &&
        static_cast<std::size_t>(number) <= shape[static_cast<std::size_t>(part)].holes.size();
    return isThere ? &geo::ringOf(shape, part, number) : nullptr;
}

/// Lines with two ends, whole, that are not among the others.
void addLines(const std::vector<geo::Ring>& lines, const std::vector<geo::Ring>& others,
              std::vector<Stretch>& stretches) {
    for (const geo::Ring& line : lines) {
        if (std::find(others.begin(), others.end(), line) == others.end()) {
            stretches.push_back({line, false});
        }
    }
}

} // namespace

ChangedStretches changedStretches(const geo::MultiPolygon& before, const geo::MultiPolygon& after) {
    ChangedStretches changed;
    if (geo::isPath(before) || geo::isPath(after)) {
        addLines(geo::linesOf(before), geo::linesOf(after), changed.replaced);
        addLines(geo::linesOf(after), geo::linesOf(before), changed.drawn);
        return changed;
    }
    std::vector<Open> was, now;
    geo::forEachRing(before, [&](const geo::Ring& ring, int part, int number) {
        if (const geo::Ring* there = ringAt(after, part, number)) {
            addOpen(ring, *there, was, now);
        } else {
            was.push_back(allOf(ring));
        }
    });
    geo::forEachRing(after, [&](const geo::Ring& ring, int part, int number) {
        if (ringAt(before, part, number) == nullptr) {
            now.push_back(allOf(ring));
        }
    });
    addRuns(was, now, changed.replaced);
    addRuns(now, was, changed.drawn);
    return changed;
}

} // namespace nunatak::editing
