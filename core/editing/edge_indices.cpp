// SPDX-License-Identifier: GPL-3.0-or-later
#include "editing/edge_indices.h"

#include <iterator>
#include <set>
#include <utility>

namespace nunatak::editing {

namespace {

/// The outlines of a gesture, those of the next and all of their neighbours: the box around a large glacier
/// meets hundreds.
constexpr std::size_t most = 2048;

geo::EdgeIndex updated(geo::EdgeIndex index, const geo::MultiPolygon& shape,
                       const std::vector<RingSplice>& splices) {
    std::set<std::pair<int, int>> renumbered;
    for (const RingSplice& splice : splices) {
        if (!keepsNumbers(splice) && renumbered.insert({splice.part, splice.ring}).second) {
            index.ringChanged(shape, splice.part, splice.ring);
        }
    }
    for (const RingSplice& splice : splices) {
        if (renumbered.contains({splice.part, splice.ring})) {
            continue;
        }
        const std::size_t size = geo::ringOf(shape, splice.part, splice.ring).size();
        for (std::size_t i = 0; i < splice.removed; ++i) {
            index.vertexMoved(shape, {splice.part, splice.ring, static_cast<int>((splice.first + i) % size)});
        }
    }
    return index;
}

} // namespace

EdgeIndices::Entry* EdgeIndices::find(const outlines::OutlineHandle& outline) {
    const auto found = m_places.find(outline);
    if (found == m_places.end()) {
        return nullptr;
    }
    m_entries.splice(m_entries.begin(), m_entries, found->second);
    return &m_entries.front();
}

void EdgeIndices::forget(std::list<Entry>::iterator entry) {
    m_places.erase(entry->outline);
    m_entries.erase(entry);
}

void EdgeIndices::keep(Entry entry) {
    // Those of a drag are gone with the next move of the pointer; one of 100,000 vertices takes half a MB.
    // But where thousands of outlines are asked for one after the other, a walk over all for each would take
    // longest.
    constexpr std::size_t often = 16;
    const bool isTime = m_entries.size() % often == 0;
    for (auto known = m_entries.begin(); isTime && known != m_entries.end();) {
        const auto next = std::next(known);
        if (known->outline.expired()) {
            forget(known);
        }
        known = next;
    }
    m_entries.push_front(std::move(entry));
    m_places[m_entries.front().outline] = m_entries.begin();
    // Several at once, so that it is time again only after as many.
    for (std::size_t i = 0, over = m_entries.size() > most ? often : 0; i < over; ++i) {
        forget(std::prev(m_entries.end()));
    }
}

EdgeIndices::Index EdgeIndices::of(const outlines::OutlineHandle& outline) {
    Entry* entry = find(outline);
    if (entry == nullptr) {
        keep({outline, std::make_shared<const geo::EdgeIndex>(outline->geometry), true, {}});
        return m_entries.front().index;
    }
    if (!entry->isReady) {
        entry->index =
            std::make_shared<const geo::EdgeIndex>(updated(*entry->index, outline->geometry, entry->splices));
        entry->isReady = true;
        entry->splices.clear();
    }
    return entry->index;
}

void EdgeIndices::derive(const outlines::OutlineHandle& before, const outlines::OutlineHandle& after,
                         std::vector<RingSplice> splices) {
    keep({after, of(before), false, std::move(splices)});
}

} // namespace nunatak::editing
