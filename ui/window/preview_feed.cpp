// SPDX-License-Identifier: GPL-3.0-or-later
#include "window/preview_feed.h"

#include <utility>

namespace nunatak::ui {

PreviewFeed::PreviewFeed(geo::Crs projectCrs, std::function<void(const Tile&)> show)
    : m_projectCrs(std::move(projectCrs)), m_show(std::move(show)) {}

void PreviewFeed::add(const geo::Grid& grid, const Image<float>& probability) {
    // A tile is small: its bounds are near enough to its place for something that is replaced in a moment.
    const geo::CoordinateTransform transform(grid.crs, m_projectCrs);
    Tile tile{transform(grid.extent()), probability};
    const std::lock_guard lock(m_mutex);
    if (m_waiting.empty()) {
        QMetaObject::invokeMethod(
            this, [this] { deliver(); }, Qt::QueuedConnection);
    }
    m_waiting.push_back(std::move(tile));
}

void PreviewFeed::deliver() {
    std::vector<Tile> tiles;
    {
        const std::lock_guard lock(m_mutex);
        tiles.swap(m_waiting);
    }
    for (const auto& tile : tiles) {
        m_show(tile);
    }
}

} // namespace nunatak::ui
