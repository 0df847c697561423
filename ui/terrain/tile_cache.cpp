// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/terrain/tile_cache.h"

#include <algorithm>
#include <utility>

namespace nunatak::ui::terrain {

namespace {

std::size_t bytesOf(const TileCache::Entry& entry) {
    return (entry.data ? entry.data->bytes() : 0) + (entry.picture ? entry.picture->size() : 0) +
           (entry.overlay ? entry.overlay->values().size() * sizeof(float) : 0) +
           (entry.otherBands ? entry.otherBands->values().size() * sizeof(std::uint16_t) : 0) +
           (entry.otherPicture ? entry.otherPicture->size() : 0);
}

} // namespace

TileCache::Entry* TileCache::find(const TileId& id) {
    const auto found = m_entries.find(id);
    return found != m_entries.end() ? &found->second.entry : nullptr;
}

const TileCache::Entry* TileCache::find(const TileId& id) const {
    const auto found = m_entries.find(id);
    return found != m_entries.end() ? &found->second.entry : nullptr;
}

void TileCache::put(const TileId& id, Entry entry) {
    auto& held = m_entries[id];
    held.entry = std::move(entry);
    held.lastUse = m_clock;
    measure(id);
}

void TileCache::measure(const TileId& id) {
    auto& held = m_entries.at(id);
    m_bytes -= held.bytes;
    held.bytes = bytesOf(held.entry);
    m_bytes += held.bytes;
}

void TileCache::clear() {
    m_entries.clear();
    m_bytes = 0;
}

std::vector<TileId> TileCache::trim(const std::set<TileId>& used, std::size_t mostBytes) {
    ++m_clock;
    for (const auto& id : used) {
        if (const auto found = m_entries.find(id); found != m_entries.end()) {
            found->second.lastUse = m_clock;
        }
    }
    std::vector<TileId> dropped;
    if (m_bytes <= mostBytes) {
        return dropped;
    }
    std::vector<std::pair<std::uint64_t, TileId>> unused;
    for (const auto& [id, held] : m_entries) {
        if (held.lastUse != m_clock) {
            unused.emplace_back(held.lastUse, id);
        }
    }
    // Of those equally long unused the finest first: a parent is worth more than its child.
    std::sort(unused.begin(), unused.end(), [](const auto& a, const auto& b) {
        return a.first != b.first ? a.first < b.first : a.second.level > b.second.level;
    });
    for (const auto& [use, id] : unused) {
        if (m_bytes <= mostBytes) {
            break;
        }
        m_bytes -= m_entries.at(id).bytes;
        m_entries.erase(id);
        dropped.push_back(id);
    }
    return dropped;
}

} // namespace nunatak::ui::terrain
