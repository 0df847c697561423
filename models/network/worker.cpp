// SPDX-License-Identifier: GPL-3.0-or-later
#include "network/worker.h"

namespace nunatak::models {

Worker::Worker(std::function<void()> prepare) {
    m_tasks.push_back(std::move(prepare));
    m_thread = std::thread([this] { run(); });
}

Worker::~Worker() {
    {
        const std::scoped_lock lock(m_mutex);
        m_ending = true;
    }
    m_changed.notify_one();
    m_thread.join();
}

void Worker::enqueue(std::function<void()> task) {
    {
        const std::scoped_lock lock(m_mutex);
        m_tasks.push_back(std::move(task));
    }
    m_changed.notify_one();
}

void Worker::run() {
    std::unique_lock lock(m_mutex);
    while (true) {
        m_changed.wait(lock, [this] { return m_ending || !m_tasks.empty(); });
        if (m_tasks.empty()) {
            return;
        }
        auto task = std::move(m_tasks.front());
        m_tasks.pop_front();
        lock.unlock();
        task();
        // What the task holds goes before the next one makes room for more.
        task = nullptr;
        lock.lock();
    }
}

} // namespace nunatak::models
