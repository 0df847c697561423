// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/progress.h"

#include <chrono>
#include <exception>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace nunatak::jobs {

enum class State { Waiting, Running, Succeeded, Failed, Cancelled };

struct Status {
    State state = State::Waiting;
    double fraction = 0;
    std::string stage;
    std::optional<std::chrono::seconds>
        remaining;     ///< estimate from the work done so far; none in the first moments
    std::string error; ///< the sentence for the user, when Failed
};

/// Jobs in the same lane run one after the other (two at a time in the background); those that use the
/// network share Lane::Network. What nobody waits for goes aside, where it holds up no other job.
enum class Lane { Background, Network, Aside };

/// Handle of one piece of long work. Thread-safe.
class Job {
public:
    const std::string& title() const;
    Status status() const;
    bool finished() const;
    void cancel();
    /// Blocks until it is finished. Never call it on the UI thread.
    void wait() const;
    /// Rethrows what the work threw (Error, Cancelled), if it did. Only after it is finished.
    void rethrow() const;

private:
    friend class Runner;
    struct Shared;
    explicit Job(std::shared_ptr<Shared> shared);
    std::shared_ptr<Shared> m_shared;
};

/// Runs jobs: on threads, or inline at once (tests), where start() returns a finished job.
class Runner {
public:
    enum class Mode { Threads, Inline };
    /// `changed` is called from worker threads when some job's status changed, at most 30 times a second per
    /// job and once at its end. The owner forwards it to its own thread.
    explicit Runner(Mode mode, std::function<void()> changed = {});
    /// Cancels and waits for all jobs.
    ~Runner();
    Runner(const Runner&) = delete;
    Runner& operator=(const Runner&) = delete;

    /// `done` is called on the thread that runs deliver() (or at once when inline), never after the Runner is
    /// gone.
    std::shared_ptr<Job> start(std::string title, Lane lane, std::function<void(const Progress&)> work,
                               std::function<void(const Job&)> done = {});
    /// Calls the `done` of every job that finished since the last call. Call it on the owner's thread when
    /// told of a change.
    void deliver();
    /// Jobs that wait or run, oldest first.
    std::vector<std::shared_ptr<Job>> active() const;

private:
    struct Impl;
    std::unique_ptr<Impl> m_impl;
};

} // namespace nunatak::jobs
