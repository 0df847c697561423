// SPDX-License-Identifier: GPL-3.0-or-later
#include "blender.h"

namespace nunatak::engine {

namespace {
/// Answers that may wait: enough to go on computing while a strip is written, and little memory.
constexpr std::size_t mostWaiting = 2;
} // namespace

Blender::Blender(BlendBand& band, RowSink& sink,
                 std::function<void(const Window&, const Image<float>&)> onTile)
    : m_band(band), m_sink(sink), m_onTile(std::move(onTile)), m_thread([this] { run(); }) {}

Blender::~Blender() {
    {
        const std::lock_guard lock(m_mutex);
        m_ended = true;
        m_waiting.clear();
    }
    m_changed.notify_all();
    m_thread.join();
}

void Blender::put(Batch batch, std::vector<Image<float>> images) {
    std::unique_lock lock(m_mutex);
    m_changed.wait(lock, [this] { return m_failure != nullptr || m_waiting.size() < mostWaiting; });
    if (m_failure != nullptr) {
        std::rethrow_exception(m_failure);
    }
    m_waiting.push_back({std::move(batch), std::move(images)});
    lock.unlock();
    m_changed.notify_all();
}

void Blender::finish() {
    std::unique_lock lock(m_mutex);
    m_changed.wait(lock, [this] { return m_failure != nullptr || (m_waiting.empty() && !m_busy); });
    if (m_failure != nullptr) {
        std::rethrow_exception(m_failure);
    }
}

void Blender::run() {
    std::unique_lock lock(m_mutex);
    while (true) {
        m_changed.wait(lock, [this] { return m_ended || !m_waiting.empty(); });
        if (m_ended) {
            return;
        }
        const Item item = std::move(m_waiting.front());
        m_waiting.pop_front();
        m_busy = true;
        lock.unlock();
        m_changed.notify_all();
        std::exception_ptr failure;
        try {
            blend(item);
        } catch (...) {
            failure = std::current_exception();
        }
        lock.lock();
        m_busy = false;
        m_failure = failure;
        m_changed.notify_all();
        if (failure != nullptr) {
            return;
        }
    }
}

void Blender::blend(const Item& item) {
    for (std::size_t i = 0; i < item.images.size(); ++i) {
        m_band.add(item.batch.windows[i], item.images[i]);
        if (m_onTile) {
            m_onTile(item.batch.windows[i], item.images[i]);
        }
    }
    if (item.batch.endsRow) {
        const int nextTiles = item.batch.nextTiles;
        m_band.handOverTo(nextTiles);
        m_sink.rowOfTilesDone([this, nextTiles] { return m_band.open(nextTiles); });
    }
}

} // namespace nunatak::engine
