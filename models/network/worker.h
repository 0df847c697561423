// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "network/guarded.h"

#include <condition_variable>
#include <deque>
#include <functional>
#include <future>
#include <mutex>
#include <stop_token>
#include <thread>
#include <type_traits>

namespace nunatak::models {

/// One thread on which everything that a network computes happens, in the order in which it was asked for.
class Worker {
public:
    /// `prepare` runs first, on the thread.
    explicit Worker(std::function<void()> prepare);
    /// Work that has not begun ends with Cancelled.
    ~Worker();
    Worker(const Worker&) = delete;
    Worker& operator=(const Worker&) = delete;

    /// Queues work; what it throws comes out of the future as nunatak::Error.
    template <typename Work> auto submit(std::stop_token stop, Work work) {
        using Result = std::invoke_result_t<Work>;
        auto promise = std::make_shared<std::promise<Result>>();
        auto future = promise->get_future();
        enqueue([this, promise, stop = std::move(stop), work = std::move(work)]() mutable {
            try {
                if (stop.stop_requested() || m_ending) {
                    throw Cancelled();
                }
                if constexpr (std::is_void_v<Result>) {
                    guarded(work);
                    promise->set_value();
                } else {
                    promise->set_value(guarded(work));
                }
            } catch (...) {
                promise->set_exception(std::current_exception());
            }
        });
        return future;
    }

private:
    void enqueue(std::function<void()> task);
    void run();

    std::mutex m_mutex;
    std::condition_variable m_changed;
    std::deque<std::function<void()>> m_tasks;
    std::atomic<bool> m_ending = false;
    std::thread m_thread;
};

} // namespace nunatak::models
