// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/session/job_queue.h"

#include <algorithm>

namespace nunatak::ui::session {

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
    if (shown != Shown::Silently) {
        m_shown.emplace_back(job, shown);
    }
    Q_EMIT changed();
    return job;
}

void JobQueue::deliver() {
    m_told = false;
    const bool wasBusy = !isIdle();
    m_runner->deliver();
    std::erase_if(m_shown, [](const auto& shown) { return shown.first->finished(); });
    Q_EMIT changed();
    if (wasBusy && isIdle()) {
        Q_EMIT becameIdle();
    }
}

std::vector<std::shared_ptr<jobs::Job>> JobQueue::runningJobs(Shown shown) const {
    std::vector<std::shared_ptr<jobs::Job>> running;
    for (const auto& [job, how] : m_shown) {
        if (how == shown && !job->finished()) {
            running.push_back(job);
        }
    }
    return running;
}

std::vector<std::shared_ptr<jobs::Job>> JobQueue::shownJobs() const {
    auto running = askedJobs();
    const auto others = runningJobs(Shown::InPassing);
    running.insert(running.end(), others.begin(), others.end());
    return running;
}

void JobQueue::cancelShown() {
    const auto asked = askedJobs();
    for (const auto& job : asked.empty() ? shownJobs() : asked) {
        job->cancel();
    }
}

} // namespace nunatak::ui::session
