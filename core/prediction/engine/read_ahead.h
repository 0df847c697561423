// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/tile_engine.h"

#include <condition_variable>
#include <deque>
#include <exception>
#include <mutex>
#include <optional>
#include <span>
#include <thread>

namespace nunatak::engine {

/// Tiles that go to the network together.
struct TileBatch {
    std::vector<Window> windows;
    std::vector<std::map<std::string, Image<float>>> tiles;
};

/// Reads batches on a thread of its own, a bounded number of them ahead.
class ReadAhead {
public:
    /// `windows` and `source` must outlive it. Reading ends early when `stop` says so.
    ReadAhead(TileSource& source, std::span<const Window> windows, int batch, std::stop_token stop);
    /// Waits for the thread; request the stop first to be quick.
    ~ReadAhead();
    ReadAhead(const ReadAhead&) = delete;
    ReadAhead& operator=(const ReadAhead&) = delete;

    /// The next batch in order, none at the end. Throws what the source threw; Cancelled when stopped.
    std::optional<TileBatch> next();

private:
    void run();
    void put(TileBatch batch);

    TileSource& m_source;
    std::span<const Window> m_windows;
    std::size_t m_batch;
    std::stop_token m_stop;
    std::mutex m_mutex;
    std::condition_variable_any m_changed;
    std::deque<TileBatch> m_ready;
    std::exception_ptr m_failure;
    bool m_done = false;
    std::thread m_thread; // last: it uses all of the above
};

} // namespace nunatak::engine
