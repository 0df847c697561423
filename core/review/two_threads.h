// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/progress.h"

#include <atomic>
#include <cstddef>
#include <exception>
#include <mutex>
#include <thread>

namespace nunatak::review {

/// Does work(thread, i) for each i on two threads; what one of them throws comes out.
template <typename Work> void onTwoThreads(std::size_t count, const Progress& progress, const Work& work) {
    std::atomic<std::size_t> next{0};
    std::atomic<bool> hasFailed{false};
    std::exception_ptr failure;
    std::mutex mutex;
    const auto run = [&](int thread) {
        try {
            for (std::size_t i = next++; i < count && !hasFailed; i = next++) {
                progress.throwIfStopped();
                work(thread, i);
            }
        } catch (...) {
            const std::lock_guard lock(mutex);
            failure = failure ? failure : std::current_exception();
            hasFailed = true;
        }
    };
    {
        std::jthread other;
        if (count > 1) {
            other = std::jthread([&] { run(1); });
        }
        run(0);
    }
    if (failure) {
        std::rethrow_exception(failure);
    }
}

} // namespace nunatak::review
