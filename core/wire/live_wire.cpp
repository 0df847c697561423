// SPDX-License-Identifier: GPL-3.0-or-later
#include "wire/live_wire.h"

#include "wire/wire_line.h"

#include <algorithm>
#include <cmath>

namespace nunatak::wire {

namespace {

constexpr std::size_t atOnce = 4096; // pixels between two looks at who waits, about half a millisecond

} // namespace

LiveWire::LiveWire(std::shared_ptr<const CostSurface> surface, geo::Point from)
    : m_surface(std::move(surface)), m_from(from), m_last(pixelOf(from)), m_paths(m_surface, m_last) {
    m_thread = std::jthread([this](const std::stop_token& stop) { run(stop); });
}

LiveWire::~LiveWire() = default;

void LiveWire::run(const std::stop_token& stop) {
    m_search = std::make_unique<PathSearch>(m_paths.search());
    m_ready.store(m_search.get(), std::memory_order_release);
    bool isMore = true;
    while (isMore && !stop.stop_requested()) {
        isMore = m_search->grow(atOnce);
        const std::lock_guard lock(m_mutex);
        m_isEnd = !isMore;
        if (m_isAsked || !isMore) {
            m_grown.notify_all();
        }
    }
}

PathSearch::Pixel LiveWire::pixelOf(geo::Point place) const {
    const auto& grid = m_surface->grid();
    const geo::Point pixel = grid.toPixel(place);
    return {std::clamp(static_cast<int>(std::floor(pixel.x)), 0, grid.columns - 1),
            std::clamp(static_cast<int>(std::floor(pixel.y)), 0, grid.rows - 1)};
}

bool LiveWire::isReached(PathSearch::Pixel pixel) const {
    const auto* search = m_ready.load(std::memory_order_acquire);
    return search != nullptr && search->isReached(m_paths.blockOf(pixel));
}

bool LiveWire::reach(PathSearch::Pixel pixel, std::chrono::milliseconds patience) {
    if (isReached(pixel)) {
        return true;
    }
    std::unique_lock lock(m_mutex);
    m_isAsked = true;
    m_grown.wait_for(lock, patience, [&] { return m_isEnd || isReached(pixel); });
    m_isAsked = false;
    return isReached(pixel);
}

geo::Ring LiveWire::lineTo(PathSearch::Pixel pixel, geo::Point place) {
    const auto blocks = m_ready.load(std::memory_order_acquire)->pathTo(m_paths.blockOf(pixel));
    return wireLine(m_paths.along(blocks, pixel), *m_surface, m_from, place);
}

LiveWire::Stretch LiveWire::to(geo::Point place, std::chrono::milliseconds patience) {
    const auto pixel = pixelOf(place);
    if (reach(pixel, patience)) {
        m_last = pixel;
        return {lineTo(pixel, place), true};
    }
    if (!isReached(m_last)) {
        return {{m_from, place}, false};
    }
    Stretch stretch{lineTo(m_last, m_surface->grid().toMap(m_last.column + 0.5, m_last.row + 0.5)), false};
    stretch.points.push_back(place);
    return stretch;
}

} // namespace nunatak::wire
