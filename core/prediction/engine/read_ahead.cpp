// SPDX-License-Identifier: GPL-3.0-or-later
#include "read_ahead.h"

#include "base/error.h"

#include <algorithm>

namespace nunatak::engine {

namespace {
/// One batch waits while the next one is being read: enough to keep the network fed, and little memory.
constexpr std::size_t batchesAhead = 2;
} // namespace

ReadAhead::ReadAhead(TileSource& source, std::span<const Batch> batches, int threads, std::stop_token stop)
    : m_source(source), m_batches(batches), m_stop(std::move(stop)) {
    for (int i = 0; i < std::max(1, threads); ++i) {
        m_threads.emplace_back([this] { run(); });
    }
}

ReadAhead::~ReadAhead() {
    for (auto& thread : m_threads) {
        thread.join();
    }
}

std::optional<Tiles> ReadAhead::next() {
    std::unique_lock lock(m_mutex);
    if (m_first == m_batches.size()) {
        return std::nullopt;
    }
    m_changed.wait(lock, m_stop, [this] {
        return m_failure != nullptr ||
               (!m_reading.empty() && m_reading.front().done == m_batches[m_first].windows.size());
    });
    if (m_failure != nullptr) {
        std::rethrow_exception(m_failure);
    }
    if (m_stop.stop_requested()) {
        throw Cancelled();
    }
    Tiles tiles = std::move(m_reading.front().tiles);
    m_reading.pop_front();
    ++m_first;
    lock.unlock();
    m_changed.notify_all();
    return tiles;
}

std::optional<std::pair<std::size_t, std::size_t>> ReadAhead::take() {
    std::unique_lock lock(m_mutex);
    while (true) {
        if (m_failure != nullptr || m_stop.stop_requested()) {
            return std::nullopt;
        }
        for (std::size_t i = 0; i < m_reading.size(); ++i) {
            if (m_reading[i].begun < m_reading[i].tiles.size()) {
                return std::pair{m_first + i, m_reading[i].begun++};
            }
        }
        const std::size_t following = m_first + m_reading.size();
        if (following == m_batches.size()) {
            return std::nullopt;
        }
        if (m_reading.size() < batchesAhead) {
            m_reading.emplace_back().tiles.resize(m_batches[following].windows.size());
            continue;
        }
        m_changed.wait(lock, m_stop,
                       [this] { return m_failure != nullptr || m_reading.size() < batchesAhead; });
    }
}

void ReadAhead::run() {
    try {
        while (const auto place = take()) {
            const auto [batch, index] = *place;
            auto tile = m_source.read(m_batches[batch].windows[index], m_stop);
            const std::lock_guard lock(m_mutex);
            // A batch that is not complete has not been given away, so it still has its place.
            Reading& reading = m_reading[batch - m_first];
            reading.tiles[index] = std::move(tile);
            ++reading.done;
            m_changed.notify_all();
        }
    } catch (...) {
        const std::lock_guard lock(m_mutex);
        if (m_failure == nullptr) {
            m_failure = std::current_exception();
        }
        m_changed.notify_all();
    }
}

} // namespace nunatak::engine
