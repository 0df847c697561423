// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/thread_priority.h"
#include "job_shared.h"
#include "jobs/job.h"

#include <algorithm>
#include <array>
#include <deque>
#include <thread>

namespace nunatak::jobs {

namespace {

constexpr std::chrono::milliseconds betweenNotices{34}; // at most 30 a second
constexpr std::array threadsInLane{2, 1, 1};            // Background, Network, Aside

} // namespace

/// Kept alive by its jobs' callbacks too, since a handle may be cancelled while the runner goes.
struct Runner::Impl {
    struct Core {
        std::function<void()> changed;
        mutable std::mutex mutex;
        std::condition_variable wakeWorkers;
        std::condition_variable wakeNotifier;
        std::array<std::deque<std::shared_ptr<Job::Shared>>, threadsInLane.size()> waiting;
        std::vector<std::shared_ptr<Job::Shared>> undelivered; ///< waiting, running or finished, oldest first
        bool someChanged = false;
        bool someEnded = false;
        bool stopping = false;
        Clock::time_point lastNotice; // inline mode

        void notice(bool ended);
        void noticeInline(bool ended);
        void work(std::size_t lane);
        void notify();
        std::shared_ptr<Job::Shared> takeFinished();
    };

    Mode mode = Mode::Threads;
    std::shared_ptr<Core> core;
    std::vector<std::thread> threads;
};

void Runner::Impl::Core::notice(bool ended) {
    {
        const std::lock_guard lock(mutex);
        someChanged = true;
        someEnded = someEnded || ended;
    }
    wakeNotifier.notify_one();
}

void Runner::Impl::Core::noticeInline(bool ended) {
    const auto now = Clock::now();
    if (changed && (ended || now - lastNotice >= betweenNotices)) {
        lastNotice = now;
        changed();
    }
}

void Runner::Impl::Core::work(std::size_t lane) {
    std::unique_lock lock(mutex);
    while (true) {
        wakeWorkers.wait(lock, [&] { return stopping || !waiting[lane].empty(); });
        if (stopping) {
            return;
        }
        const auto job = std::move(waiting[lane].front());
        waiting[lane].pop_front();
        lock.unlock();
        if (job->begin()) {
            job->run();
        }
        lock.lock();
    }
}

/// Gathers changes, so that many jobs that report often still make few notices; an end is told at once.
void Runner::Impl::Core::notify() {
    std::unique_lock lock(mutex);
    while (true) {
        wakeNotifier.wait(lock, [this] { return stopping || someChanged; });
        if (stopping) {
            return;
        }
        someChanged = false;
        someEnded = false;
        lock.unlock();
        changed();
        lock.lock();
        wakeNotifier.wait_for(lock, betweenNotices, [this] { return stopping || someEnded; });
    }
}

std::shared_ptr<Job::Shared> Runner::Impl::Core::takeFinished() {
    const std::lock_guard lock(mutex);
    const auto place =
        std::find_if(undelivered.begin(), undelivered.end(), [](const auto& job) { return job->finished(); });
    if (place == undelivered.end()) {
        return nullptr;
    }
    auto job = std::move(*place);
    undelivered.erase(place);
    return job;
}

Runner::Runner(Mode mode, std::function<void()> changed) : m_impl(std::make_unique<Impl>()) {
    m_impl->mode = mode;
    m_impl->core = std::make_shared<Impl::Core>();
    Impl::Core& core = *m_impl->core;
    core.changed = std::move(changed);
    if (mode == Mode::Inline) {
        return;
    }
    for (std::size_t lane = 0; lane < threadsInLane.size(); ++lane) {
        for (int i = 0; i < threadsInLane[lane]; ++i) {
            m_impl->threads.emplace_back([&core, lane] {
                if (static_cast<Lane>(lane) == Lane::Network) {
                    stepBack(StepBack::Last); // with all the threads that the network starts
                } else if (static_cast<Lane>(lane) == Lane::Aside) {
                    stepBack(StepBack::BehindDrawing);
                }
                core.work(lane);
            });
        }
    }
    if (core.changed) {
        m_impl->threads.emplace_back([&core] { core.notify(); });
    }
}

Runner::~Runner() {
    Impl::Core& core = *m_impl->core;
    std::vector<std::shared_ptr<Job::Shared>> jobs;
    {
        const std::lock_guard lock(core.mutex);
        core.stopping = true;
        jobs = core.undelivered;
    }
    for (const auto& job : jobs) {
        job->cancel();
    }
    core.wakeWorkers.notify_all();
    core.wakeNotifier.notify_all();
    for (auto& thread : m_impl->threads) {
        thread.join();
    }
}

std::shared_ptr<Job> Runner::start(std::string title, Lane lane, std::function<void(const Progress&)> work,
                                   std::function<void(const Job&)> done) {
    const auto shared = std::make_shared<Job::Shared>(std::move(title), std::move(work), std::move(done));
    const bool isInline = m_impl->mode == Mode::Inline;
    shared->changed = [weak = std::weak_ptr(m_impl->core), isInline](bool ended) {
        if (const auto core = weak.lock()) {
            isInline ? core->noticeInline(ended) : core->notice(ended);
        }
    };
    auto job = std::make_shared<Job>(Job(shared));
    Impl::Core& core = *m_impl->core;
    {
        const std::lock_guard lock(core.mutex);
        core.undelivered.push_back(shared);
        if (!isInline) {
            core.waiting[static_cast<std::size_t>(lane)].push_back(shared);
        }
    }
    if (isInline) {
        shared->begin();
        shared->run();
        deliver();
    } else {
        core.wakeWorkers.notify_all();
    }
    return job;
}

void Runner::deliver() {
    while (const auto job = m_impl->core->takeFinished()) {
        const auto done = std::move(job->done);
        job->done = nullptr;
        job->work = nullptr;
        if (done) {
            done(Job(job));
        }
    }
}

std::vector<std::shared_ptr<Job>> Runner::active() const {
    const std::lock_guard lock(m_impl->core->mutex);
    std::vector<std::shared_ptr<Job>> jobs;
    for (const auto& shared : m_impl->core->undelivered) {
        if (!shared->finished()) {
            jobs.push_back(std::make_shared<Job>(Job(shared)));
        }
    }
    return jobs;
}

} // namespace nunatak::jobs
