// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/terrain/work_queue.h"

#include "base/error.h"
#include "base/thread_priority.h"

#include <algorithm>
#include <exception>
#include <utility>

namespace nunatak::ui::terrain {

WorkQueue::WorkQueue(int threads, std::function<void()> finished) : m_finished(std::move(finished)) {
    for (int i = 0; i < threads; ++i) {
        m_threads.emplace_back([this](const std::stop_token& stop) {
            stepBack(StepBack::BehindDrawing);
            run(stop);
        });
    }
}

WorkQueue::~WorkQueue() {
    {
        const std::scoped_lock lock(m_mutex);
        m_waiting.clear();
        for (auto& [key, running] : m_running) {
            running.stop.request_stop();
        }
        for (auto& thread : m_threads) {
            thread.request_stop();
        }
    }
    m_changed.notify_all();
    m_threads.clear();
}

void WorkQueue::want(std::vector<Task> tasks) {
    const std::scoped_lock lock(m_mutex);
    std::map<WorkKey, bool> wanted;
    for (const auto& task : tasks) {
        wanted.emplace(task.key, true);
    }
    for (auto& [key, running] : m_running) {
        if (!wanted.contains(key)) {
            running.stop.request_stop();
        }
    }
    // What is done and not delivered yet need not be done again.
    std::erase_if(tasks, [&](const Task& task) {
        return m_running.contains(task.key) || m_failed.contains(task.key) ||
               std::any_of(m_done.begin(), m_done.end(),
                           [&](const auto& done) { return done.first == task.key; });
    });
    std::stable_sort(tasks.begin(), tasks.end(),
                     [](const Task& a, const Task& b) { return a.urgency < b.urgency; });
    m_waiting = std::move(tasks);
    m_changed.notify_all();
}

void WorkQueue::run(const std::stop_token& stop) {
    std::unique_lock lock(m_mutex);
    while (m_changed.wait(lock, stop, [this] { return !m_waiting.empty(); })) {
        auto task = std::move(m_waiting.back());
        m_waiting.pop_back();
        const auto source = m_running[task.key].stop;
        lock.unlock();
        Delivery delivery;
        std::string failure;
        try {
            delivery = task.work(Progress({}, source.get_token()));
        } catch (const Cancelled&) {
            // Nobody wants it any more.
        } catch (const std::exception& error) {
            failure = error.what();
        }
        task.work = nullptr;
        lock.lock();
        m_running.erase(task.key);
        if (!failure.empty()) {
            m_failed.emplace(task.key, failure);
            m_newFailures.push_back(std::move(failure));
        } else if (delivery) {
            m_done.emplace_back(task.key, std::move(delivery));
        }
        // Also after a cancelled one: the owner may want it again by now.
        m_changed.notify_all();
        if (!stop.stop_requested() && m_finished) {
            lock.unlock();
            m_finished();
            lock.lock();
        }
    }
}

void WorkQueue::deliver(std::vector<std::string>& failures) {
    std::vector<std::pair<WorkKey, Delivery>> done;
    {
        const std::scoped_lock lock(m_mutex);
        done.swap(m_done);
        failures.insert(failures.end(), m_newFailures.begin(), m_newFailures.end());
        m_newFailures.clear();
    }
    for (const auto& [key, delivery] : done) {
        delivery();
    }
}

bool WorkQueue::waitForDelivery() {
    std::unique_lock lock(m_mutex);
    m_changed.wait(lock, [this] {
        return !m_done.empty() || !m_newFailures.empty() || (m_waiting.empty() && m_running.empty());
    });
    return !m_done.empty() || !m_newFailures.empty();
}

void WorkQueue::forgetFailures() {
    const std::scoped_lock lock(m_mutex);
    m_failed.clear();
}

bool WorkQueue::hasFailed(const WorkKey& key) const {
    const std::scoped_lock lock(m_mutex);
    return m_failed.contains(key);
}

} // namespace nunatak::ui::terrain
