// SPDX-License-Identifier: GPL-3.0-or-later
#include "project/saver.h"

#include "base/error.h"
#include "project/outline_codec.h"

#include <algorithm>
#include <exception>
#include <utility>

namespace nunatak::project {

namespace {

using namespace std::chrono_literals;

constexpr auto pauseAfterFailure = 300ms;
/// How long SQLite itself waits for another program: short, so that questions to this thread are answered
/// meanwhile.
constexpr int patience = 100; // milliseconds

/// Vertices of the steps that are kept in memory to be taken back at once (16 bytes each).
constexpr std::size_t recentVertices = 4'000'000;

std::size_t verticesOf(const PendingEdit& edit) {
    std::size_t count = 0;
    for (const outlines::OutlineChange& change : edit.changes) {
        count +=
            (change.before ? change.before->vertices() : 0) + (change.after ? change.after->vertices() : 0);
    }
    return count;
}

std::chrono::steady_clock::duration inSeconds(double seconds) {
    return std::chrono::duration_cast<std::chrono::steady_clock::duration>(
        std::chrono::duration<double>(seconds));
}

database::Transaction toTransaction(const PendingEdit& edit) {
    database::Transaction transaction = edit.rest;
    for (const outlines::OutlineChange& change : edit.changes) {
        const std::string& uuid = change.after ? change.after->uuid : change.before->uuid;
        std::optional<database::FeatureRow> row;
        if (change.after) {
            row = toRow(*change.after);
        }
        transaction.features.push_back({change.layer, uuid, std::move(row)});
        if (transaction.step) {
            transaction.changes.push_back(reverseOf(change));
        }
    }
    return transaction;
}

} // namespace

Saver::Saver(std::unique_ptr<database::Store> store, database::WriterLock lock, std::function<void()> changed)
    : m_store(std::move(store)), m_writerLock(std::move(lock)), m_changed(std::move(changed)) {
    m_store->setPatience(patience);
    m_thread = std::thread([this] { run(); });
}

Saver::~Saver() {
    close();
}

void Saver::add(std::shared_ptr<const PendingEdit> edit) {
    {
        const std::lock_guard lock(m_mutex);
        m_waiting.push_back(std::move(edit));
    }
    m_wake.notify_all();
}

bool Saver::saved() const {
    const std::lock_guard lock(m_mutex);
    return m_waiting.empty();
}

std::string Saver::problem() const {
    const std::lock_guard lock(m_mutex);
    return m_problem;
}

bool Saver::waitUntilSaved(double seconds) const {
    Lock lock(m_mutex);
    return m_told.wait_for(lock, inSeconds(seconds), [&] { return m_waiting.empty(); });
}

std::shared_ptr<const PendingEdit> Saver::stepInMemory(std::int64_t step) const {
    const std::lock_guard lock(m_mutex);
    for (const auto* edits : {&m_waiting, &m_recent}) {
        const auto found = std::find_if(edits->begin(), edits->end(), [&](const auto& edit) {
            return edit->rest.step && edit->rest.step->id == step;
        });
        if (found != edits->end()) {
            return *found;
        }
    }
    return nullptr;
}

std::vector<database::ReverseChange> Saver::storedChanges(std::int64_t step) {
    std::vector<database::ReverseChange> changes;
    std::packaged_task<void()> question([&] { changes = m_store->changesOf(step); });
    std::future<void> answer = question.get_future();
    {
        const std::lock_guard lock(m_mutex);
        if (m_ended) {
            throw Error("The project was closed; nothing can be taken back in it any more.");
        }
        m_questions.push_back(std::move(question));
    }
    m_wake.notify_all();
    answer.get();
    return changes;
}

std::size_t Saver::close(double seconds) {
    if (m_thread.joinable()) {
        {
            const std::lock_guard lock(m_mutex);
            m_patience = inSeconds(seconds);
            m_giveUpAt = Clock::now() + m_patience;
        }
        m_wake.notify_all();
        m_thread.join();
        m_writerLock.reset();
    }
    return m_waiting.size();
}

void Saver::run() {
    Lock lock(m_mutex);
    while (true) {
        if (!m_questions.empty()) {
            std::packaged_task<void()> question = std::move(m_questions.front());
            m_questions.pop_front();
            lock.unlock();
            question();
            lock.lock();
        } else if (m_waiting.empty()) {
            if (m_giveUpAt) {
                break;
            }
            m_wake.wait(lock);
        } else if (m_problem.empty() || Clock::now() >= m_retryAt) {
            saveNext(lock);
        } else if (m_giveUpAt && Clock::now() >= *m_giveUpAt) {
            break;
        } else {
            m_wake.wait_until(lock, m_giveUpAt ? std::min(m_retryAt, *m_giveUpAt) : m_retryAt);
        }
    }
    m_ended = true; // questions came first, so none is open
    lock.unlock();
    m_store->close();
    m_store.reset();
}

void Saver::saveNext(Lock& lock) {
    const std::shared_ptr<const PendingEdit> edit = m_waiting.front();
    if (m_toldSaved) {
        tell(lock, false, m_problem);
    }
    lock.unlock();
    std::string problem;
    try {
        m_store->commit(toTransaction(*edit));
    } catch (const std::exception& failure) {
        problem = failure.what();
    }
    lock.lock();
    if (problem.empty()) {
        m_waiting.pop_front();
        if (m_giveUpAt) {
            m_giveUpAt = Clock::now() + m_patience;
        }
        Edits dropped = keep(edit);
        lock.unlock();
        dropped.clear(); // millions of vertices are not freed in a moment
        lock.lock();
    } else {
        m_retryAt = Clock::now() + pauseAfterFailure;
    }
    if (problem != m_problem || m_waiting.empty()) {
        tell(lock, m_waiting.empty(), problem);
    }
}

Saver::Edits Saver::keep(std::shared_ptr<const PendingEdit> edit) {
    Edits dropped;
    if (!edit->rest.step) {
        return dropped;
    }
    m_recentVertices += verticesOf(*edit);
    m_recent.push_back(std::move(edit));
    while (m_recentVertices > recentVertices && m_recent.size() > 1) {
        m_recentVertices -= verticesOf(*m_recent.front());
        dropped.push_back(std::move(m_recent.front()));
        m_recent.pop_front();
    }
    return dropped;
}

void Saver::tell(Lock& lock, bool saved, std::string problem) {
    m_toldSaved = saved;
    m_problem = std::move(problem);
    m_told.notify_all();
    lock.unlock();
    m_changed();
    lock.lock();
}

} // namespace nunatak::project
