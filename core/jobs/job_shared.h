// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "jobs/job.h"

#include <condition_variable>
#include <mutex>

namespace nunatak::jobs {

using Clock = std::chrono::steady_clock;

/// What a job's handle, its worker and its runner share.
struct Job::Shared {
    Shared(std::string jobTitle, std::function<void(const Progress&)> jobWork,
           std::function<void(const Job&)> jobDone)
        : title(std::move(jobTitle)), work(std::move(jobWork)), done(std::move(jobDone)) {}

    const std::string title;
    std::stop_source stop;

    // Touched by the runner alone: by the worker while the job runs, by the thread that delivers it after
    // that.
    std::function<void(const Progress&)> work;
    std::function<void(const Job&)> done;

    /// Tells the runner, while there is one, that the job changed; `ended` once. Set before anybody else
    /// knows the job.
    std::function<void(bool ended)> changed;

    /// From waiting to running; false when it was cancelled meanwhile.
    bool begin();
    /// Does the work and keeps what it throws.
    void run();
    /// Requests the stop; a job that still waits ends at once.
    void cancel();
    bool finished() const;
    void waitUntilFinished() const;
    Status status() const;
    std::exception_ptr thrown() const;

private:
    struct Outcome {
        State state = State::Succeeded;
        std::string error;
        std::exception_ptr thrown;
    };
    Outcome outcomeOfWork(const Progress& progress) const;
    void report(double newFraction, std::string_view newStage);
    /// Ends the job if it is in the state `from`.
    void end(State from, Outcome outcome);
    bool isFinished() const { return m_state != State::Waiting && m_state != State::Running; }

    mutable std::mutex m_mutex;
    mutable std::condition_variable m_finished;
    State m_state = State::Waiting;
    double m_fraction = 0;
    std::string m_stage;
    Clock::time_point m_started;
    Clock::time_point m_reported;
    Outcome m_outcome;
};

} // namespace nunatak::jobs
