// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "batches.h"
#include "engine/tile_engine.h"

#include <condition_variable>
#include <deque>
#include <exception>
#include <mutex>
#include <optional>
#include <span>
#include <thread>

namespace nunatak::engine {

using Tiles = std::vector<std::map<std::string, Image<float>>>;

/// Reads the tiles of batches on threads of its own, a bounded number of batches ahead.
class ReadAhead {
public:
    /// `batches` and `source` must outlive it. Reading ends early when `stop` says so.
    ReadAhead(TileSource& source, std::span<const Batch> batches, int threads, std::stop_token stop);
    /// Waits for the threads; request the stop first to be quick.
    ~ReadAhead();
    ReadAhead(const ReadAhead&) = delete;
    ReadAhead& operator=(const ReadAhead&) = delete;

    /// The tiles of the next batch in order, none at the end. Throws what the source threw; Cancelled when
    /// stopped.
    std::optional<Tiles> next();

private:
    /// A batch that is being read.
    struct Reading {
        Tiles tiles;
        std::size_t begun = 0; ///< tiles given to a thread
        std::size_t done = 0;
    };
    void run();
    /// The next tile to read: its batch and its place there; none at the end. Waits while enough is read.
    std::optional<std::pair<std::size_t, std::size_t>> take();

    TileSource& m_source;
    std::span<const Batch> m_batches;
    std::stop_token m_stop;
    std::mutex m_mutex;
    std::condition_variable_any m_changed;
    std::size_t m_first = 0;       ///< batch that next() gives
    std::deque<Reading> m_reading; ///< from m_first on
    std::exception_ptr m_failure;
    std::vector<std::thread> m_threads; // last: they use all of the above
};

} // namespace nunatak::engine
