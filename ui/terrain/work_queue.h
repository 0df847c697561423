// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/progress.h"
#include "ui/terrain/tile_id.h"

#include <compare>
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace nunatak::ui::terrain {

/// Names one piece of work on a tile; the same key is the same work.
struct WorkKey {
    enum class Kind { Read, Paint, PaintOther, Lines };
    Kind kind = Kind::Read;
    TileId tile;
    int layer = 0;             ///< of lines
    std::uint64_t version = 0; ///< of what it is made with
    auto operator<=>(const WorkKey&) const = default;
};

/// Worker threads that always do what is wanted most. The owner says anew, as often as it likes, all that is
/// wanted; what is no longer wanted is dropped, or stopped where it has begun.
class WorkQueue {
public:
    /// What a worker leaves to be done on the owner's thread.
    using Delivery = std::function<void()>;
    struct Task {
        WorkKey key;
        double urgency = 0; ///< larger ones first
        /// Runs on a worker. May throw Cancelled; what else it throws goes to `failed`.
        std::function<Delivery(const Progress&)> work;
    };

    /// `finished` is called on a worker when there is something to deliver.
    WorkQueue(int threads, std::function<void()> finished);
    ~WorkQueue();
    WorkQueue(const WorkQueue&) = delete;
    WorkQueue& operator=(const WorkQueue&) = delete;

    void want(std::vector<Task> tasks);
    /// Runs what workers left, on the calling thread; sentences of failed work are appended. Work that failed
    /// is not begun again until forgetFailures().
    void deliver(std::vector<std::string>& failures);
    /// Waits until there is something to deliver; false when nothing is being done either.
    bool waitForDelivery();
    void forgetFailures();
    bool hasFailed(const WorkKey& key) const;

private:
    struct Running {
        std::stop_source stop;
    };
    void run(const std::stop_token& stop);

    std::function<void()> m_finished;
    mutable std::mutex m_mutex;
    std::condition_variable_any m_changed;
    std::vector<Task> m_waiting; ///< most urgent last
    std::map<WorkKey, Running> m_running;
    std::vector<std::pair<WorkKey, Delivery>> m_done;
    std::map<WorkKey, std::string> m_failed;
    std::vector<std::string> m_newFailures;
    std::vector<std::jthread> m_threads; ///< last: they use all of the above
};

} // namespace nunatak::ui::terrain
