// SPDX-License-Identifier: GPL-3.0-or-later
#include "window/job_queue.h"

#include <algorithm>

namespace nunatak::ui {

JobQueue::JobQueue(QObject* parent) : QObject(parent) {
    m_runner = std::make_unique<jobs::Runner>(jobs::Runner::Mode::Threads, [this] {
        // Several changes within one turn of the event loop need one delivery only.
        if (!m_told.exchange(true)) {
            QMetaObject::invokeMethod(
                this, [this] { deliver(); }, Qt::QueuedConnection);
        }
    });
}

JobQueue::~JobQueue() = default;

std::shared_ptr<jobs::Job> JobQueue::launch(const QString& title, jobs::Lane lane,
                                            std::function<void(const Progress&)> work,
                                            std::function<void(const jobs::Job&)> done, Shown shown) {
    ++m_open;
    auto job = m_runner->start(title.toStdString(), lane, std::move(work),
                               [this, done = std::move(done)](const jobs::Job& finished) {
                                   done(finished);
                                   --m_open;
                               });
    if (shown == Shown::Yes) {
        m_shown.push_back(job);
    }
    Q_EMIT changed();
    return job;
}

void JobQueue::deliver() {
    m_told = false;
    const bool wasBusy = !isIdle();
    m_runner->deliver();
    std::erase_if(m_shown, [](const auto& job) { return job->finished(); });
    Q_EMIT changed();
    if (wasBusy && isIdle()) {
        Q_EMIT becameIdle();
    }
}

std::vector<std::shared_ptr<jobs::Job>> JobQueue::shownJobs() const {
    std::vector<std::shared_ptr<jobs::Job>> running;
    std::copy_if(m_shown.begin(), m_shown.end(), std::back_inserter(running),
                 [](const auto& job) { return !job->finished(); });
    return running;
}

void JobQueue::cancelShown() {
    for (const auto& job : shownJobs()) {
        job->cancel();
    }
}

} // namespace nunatak::ui
