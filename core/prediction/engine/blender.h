// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "batches.h"
#include "blend_band.h"

#include <condition_variable>
#include <deque>
#include <exception>
#include <mutex>
#include <thread>

namespace nunatak::engine {

/// Blends answers and hands rows to the sink on a thread of its own, so that neither keeps the network
/// waiting.
class Blender {
public:
    /// The band and what `onTile` uses must outlive it.
    Blender(BlendBand& band, RowSink& sink, std::function<void(const Window&, const Image<float>&)> onTile);
    /// Drops what has not been begun and waits for the thread.
    ~Blender();
    Blender(const Blender&) = delete;
    Blender& operator=(const Blender&) = delete;

    /// Takes the answers of a batch; waits while too many are there. Throws what the sink threw.
    void put(Batch batch, std::vector<Image<float>> images);
    /// Waits until all is blended. Throws what the sink threw.
    void finish();

private:
    struct Item {
        Batch batch;
        std::vector<Image<float>> images;
    };
    void run();
    void blend(const Item& item);

    BlendBand& m_band;
    RowSink& m_sink;
    std::function<void(const Window&, const Image<float>&)> m_onTile;
    std::mutex m_mutex;
    std::condition_variable m_changed;
    std::deque<Item> m_waiting;
    bool m_busy = false;
    bool m_ended = false;
    std::exception_ptr m_failure;
    std::thread m_thread; // last: it uses all of the above
};

} // namespace nunatak::engine
