// SPDX-License-Identifier: GPL-3.0-or-later
#include "editing/edge_indices.h"

#include <algorithm>
#include <utility>

namespace nunatak::editing {

namespace {

/// The outlines of a gesture, those of the next and their neighbours.
constexpr std::size_t most = 64;

geo::EdgeIndex updated(geo::EdgeIndex index, const geo::MultiPolygon& shape,
                       const std::vector<RingSplice>& splices) {
    const auto keepsNumbers = [&](const RingSplice& splice) {
        return splice.removed == splice.added.size() &&
               splice.first + splice.removed <= geo::ringOf(shape, splice.part, splice.ring).size();
    };
    for (const RingSplice& splice : splices) {
        const bool isRenumbered = std::any_of(splices.begin(), splices.end(), [&](const RingSplice& other) {
            return other.part == splice.part && other.ring == splice.ring && !keepsNumbers(other);
        });
        if (isRenumbered) {
            index.ringChanged(shape, splice.part, splice.ring);
            continue;
        }
        for (std::size_t i = 0; i < splice.removed; ++i) {
            index.vertexMoved(shape, {splice.part, splice.ring, static_cast<int>(splice.first + i)});
        }
    }
    return index;
}

} // namespace

EdgeIndices::Entry* EdgeIndices::find(const outlines::OutlineHandle& outline) {
    const auto found = std::find_if(m_entries.begin(), m_entries.end(), [&](const Entry& entry) {
        return !entry.outline.owner_before(outline) && !outline.owner_before(entry.outline);
    });
    if (found == m_entries.end()) {
        return nullptr;
    }
    m_entries.splice(m_entries.begin(), m_entries, found);
    return &m_entries.front();
}

void EdgeIndices::keep(Entry entry) {
    m_entries.remove_if([](const Entry& known) { return known.outline.expired(); });
    m_entries.push_front(std::move(entry));
    if (m_entries.size() > most) {
        m_entries.pop_back();
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
