// SPDX-License-Identifier: GPL-3.0-or-later
#include "read_ahead.h"

#include "base/error.h"

#include <algorithm>

namespace nunatak::engine {

namespace {
/// One batch waits while the next one is being read: enough to keep the network fed, and little memory.
constexpr std::size_t readyBatches = 1;
} // namespace

ReadAhead::ReadAhead(TileSource& source, std::span<const Window> windows, int batch, std::stop_token stop)
    : m_source(source), m_windows(windows), m_batch(static_cast<std::size_t>(batch)), m_stop(std::move(stop)),
      m_thread([this] { run(); }) {}

ReadAhead::~ReadAhead() {
    m_thread.join();
}

std::optional<TileBatch> ReadAhead::next() {
    std::unique_lock lock(m_mutex);
    m_changed.wait(lock, [this] { return m_done || m_failure != nullptr || !m_ready.empty(); });
    if (m_failure != nullptr) {
        std::rethrow_exception(m_failure);
    }
    if (m_ready.empty()) {
        return std::nullopt;
    }
    TileBatch batch = std::move(m_ready.front());
    m_ready.pop_front();
    lock.unlock();
    m_changed.notify_all();
    return batch;
}

void ReadAhead::run() {
    std::exception_ptr failure;
    try {
        for (std::size_t first = 0; first < m_windows.size(); first += m_batch) {
            TileBatch batch;
            for (const Window& window :
                 m_windows.subspan(first, std::min(m_batch, m_windows.size() - first))) {
                if (m_stop.stop_requested()) {
                    throw Cancelled();
                }
                batch.windows.push_back(window);
                batch.tiles.push_back(m_source.read(window, m_stop));
            }
            put(std::move(batch));
        }
    } catch (...) {
        failure = std::current_exception();
    }
    {
        const std::lock_guard lock(m_mutex);
        m_failure = failure;
        m_done = true;
    }
    m_changed.notify_all();
}

void ReadAhead::put(TileBatch batch) {
    std::unique_lock lock(m_mutex);
    if (!m_changed.wait(lock, m_stop, [this] { return m_ready.size() < readyBatches; })) {
        throw Cancelled();
    }
    m_ready.push_back(std::move(batch));
    lock.unlock();
    m_changed.notify_all();
}

} // namespace nunatak::engine
