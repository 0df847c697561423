// SPDX-License-Identifier: GPL-3.0-or-later
#include "editing/changed_stretches.h"

#include "geo/paths.h"
#include "geo/ring_difference.h"
#include "geo/rings.h"

#include <algorithm>

namespace nunatak::editing {

namespace {

/// The ring's vertices from number `from` to `to`, both with it; `from` may be −1, `to` may pass the end.
Stretch stretchOf(const geo::Ring& ring, std::ptrdiff_t from, std::ptrdiff_t to) {
    const auto size = static_cast<std::ptrdiff_t>(ring.size());
    Stretch stretch;
    for (std::ptrdiff_t i = from; i <= to; ++i) {
        stretch.points.push_back(ring[static_cast<std::size_t>((i + size) % size)]);
    }
    return stretch;
}

/// Runs of vertices that are elsewhere; the same number of them.
void addMoved(const geo::Ring& before, const geo::Ring& after, ChangedStretches& changed) {
    const auto size = static_cast<std::ptrdiff_t>(before.size());
    const auto isMoved = [&](std::ptrdiff_t i) {
        const auto at = static_cast<std::size_t>(i % size);
        return before[at] != after[at];
    };
    // From one that stays, so that no run goes over the beginning of the walk.
    std::ptrdiff_t start = 0;
    while (start < size && isMoved(start)) {
        ++start;
    }
    if (start == size) {
        changed.replaced.push_back({before, true});
        changed.drawn.push_back({after, true});
        return;
    }
    for (std::ptrdiff_t i = start + 1; i < start + size; ++i) {
        if (!isMoved(i)) {
            continue;
        }
        const std::ptrdiff_t from = i - 1;
        while (isMoved(i)) {
            ++i;
        }
        changed.replaced.push_back(stretchOf(before, from, i));
        changed.drawn.push_back(stretchOf(after, from, i));
    }
}

/// Other vertices between the first and the last ones that stay.
void addReplaced(const geo::Ring& before, const geo::Ring& after, ChangedStretches& changed) {
    const auto difference = geo::differenceOf(before, after);
    if (difference.first == 0 && difference.endBefore == before.size()) {
        changed.replaced.push_back({before, true});
        changed.drawn.push_back({after, true});
        return;
    }
    const auto from = static_cast<std::ptrdiff_t>(difference.first) - 1;
    changed.replaced.push_back(stretchOf(before, from, static_cast<std::ptrdiff_t>(difference.endBefore)));
    changed.drawn.push_back(stretchOf(after, from, static_cast<std::ptrdiff_t>(difference.endAfter)));
}

bool hasRing(const geo::MultiPolygon& shape, int part, int number) {
    return static_cast<std::size_t>(part) < shape.size() &&
           static_cast<std::size_t>(number) <= shape[static_cast<std::size_t>(part)].holes.size();
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
    geo::forEachRing(before, [&](const geo::Ring& ring, int part, int number) {
        if (!hasRing(after, part, number)) {
            changed.replaced.push_back({ring, true});
            return;
        }
        const geo::Ring& now = geo::ringOf(after, part, number);
        if (ring.size() == now.size()) {
            addMoved(ring, now, changed);
        } else {
            addReplaced(ring, now, changed);
        }
    });
    geo::forEachRing(after, [&](const geo::Ring& ring, int part, int number) {
        if (!hasRing(before, part, number)) {
            changed.drawn.push_back({ring, true});
        }
    });
    return changed;
}

} // namespace nunatak::editing
