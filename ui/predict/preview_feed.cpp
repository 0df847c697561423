// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/predict/preview_feed.h"

#include <algorithm>
#include <chrono>
#include <utility>

namespace nunatak::ui::predict {

namespace {

constexpr std::chrono::milliseconds shortestPause(100);
constexpr std::chrono::milliseconds longestPause(3000);
/// Pause for each moment of drawing: a software renderer gets a tenth of one core.
constexpr int pausePerDrawing = 9;

} // namespace

PreviewFeed::PreviewFeed(geo::Crs projectCrs, std::function<void(const Tile&)> show)
    : m_projectCrs(std::move(projectCrs)), m_show(std::move(show)) {
    m_pace.setSingleShot(true);
    m_pace.setInterval(shortestPause);
    connect(&m_pace, &QTimer::timeout, this, &PreviewFeed::deliver);
}

void PreviewFeed::add(const geo::Grid& grid, const Image<float>& probability) {
    // A tile is small: its bounds are near enough to its place for something that is replaced in a moment.
    const geo::CoordinateTransform transform(grid.crs, m_projectCrs);
    Tile tile{transform(grid.extent()), probability};
    const std::lock_guard lock(m_mutex);
    if (m_waiting.empty()) {
        QMetaObject::invokeMethod(&m_pace, qOverload<>(&QTimer::start), Qt::QueuedConnection);
    }
    m_waiting.push_back(std::move(tile));
}

void PreviewFeed::deliver() {
    std::vector<Tile> tiles;
    {
        const std::lock_guard lock(m_mutex);
        tiles.swap(m_waiting);
    }
    m_drawing.start();
    for (const auto& tile : tiles) {
        m_show(tile);
    }
}

void PreviewFeed::onFrameDrawn() {
    if (m_drawing.isValid()) {
        const std::chrono::milliseconds took(m_drawing.elapsed());
        m_drawing.invalidate();
        m_pace.setInterval(std::clamp(took * pausePerDrawing, shortestPause, longestPause));
    }
}

} // namespace nunatak::ui::predict
