// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/terrain/tile_data.h"

#include <cstdint>
#include <map>
#include <memory>
#include <set>
#include <vector>

namespace nunatak::ui::terrain {

/// The tiles in memory, those longest unused dropped first. Belongs to one thread.
class TileCache {
public:
    using Picture = std::shared_ptr<const std::vector<std::uint8_t>>;
    struct Entry {
        std::shared_ptr<const TileData> data = nullptr;
        Picture picture = nullptr;      ///< RGBA over data->pictureGrid; null: an ancestor's is shown
        std::uint64_t pictureStyle = 0; ///< number of the style it is painted in
        std::shared_ptr<const Image<float>> overlay = nullptr; ///< values over the same grid; null: none read
        std::uint64_t overlayNumber = 0;                       ///< of the raster they are of
        std::shared_ptr<const Image<std::uint16_t>> otherBands = nullptr; ///< of the scene compared with
        std::uint64_t otherScene = 0;                                     ///< number of that scene
        Picture otherPicture = nullptr;                                   ///< painted of them; null: none
        std::uint64_t otherStyle = 0;                                     ///< number of its style
    };

    /// Null when the tile is not there. Valid until the tile is dropped.
    Entry* find(const TileId& id);
    const Entry* find(const TileId& id) const;
    void put(const TileId& id, Entry entry);
    /// After something of an entry was replaced.
    void measure(const TileId& id);
    void clear();
    /// Marks what this frame uses, then drops what has been unused longest until at most `mostBytes` are held
    /// (what is used stays, whatever it takes). Returns what was dropped.
    std::vector<TileId> trim(const std::set<TileId>& used, std::size_t mostBytes);
    std::size_t bytes() const { return m_bytes; }
    std::size_t size() const { return m_entries.size(); }

private:
    struct Held {
        Entry entry;
        std::size_t bytes = 0;
        std::uint64_t lastUse = 0;
    };
    std::map<TileId, Held> m_entries;
    std::size_t m_bytes = 0;
    std::uint64_t m_clock = 0;
};

} // namespace nunatak::ui::terrain
