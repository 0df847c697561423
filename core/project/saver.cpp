// SPDX-License-Identifier: GPL-3.0-or-later
#include "project/saver.h"

#include "base/error.h"
#include "project/others_edits.h"
#include "project/outline_codec.h"

#include <algorithm>
#include <cstdlib>
#include <exception>
#include <iterator>
#include <utility>

namespace nunatak::project {

namespace {

std::chrono::steady_clock::duration inSeconds(double seconds) {
    return std::chrono::duration_cast<std::chrono::steady_clock::duration>(
        std::chrono::duration<double>(seconds));
}

} // namespace

std::filesystem::path recoveredFileFor(const std::filesystem::path& project) {
    std::error_code trouble;
    std::filesystem::path folder = project.parent_path();
    if (const char* home = std::getenv("HOME"); !std::filesystem::is_directory(folder, trouble)) {
        folder = home != nullptr && std::filesystem::is_directory(home, trouble)
                     ? std::filesystem::path(home)
                     : std::filesystem::temp_directory_path(trouble);
    }
    std::filesystem::path file;
    int number = 1;
    do {
        const std::string suffix = number == 1 ? "" : "-" + std::to_string(number);
        file = folder / (project.stem().string() + "-recovered" + suffix + ".gpkg");
        ++number;
    } while (std::filesystem::exists(file, trouble));
    return file;
}

Saver::Saver(std::unique_ptr<database::Store> store, database::WriterLock lock,
             std::map<std::string, std::vector<std::string>> columns, std::function<void()> changed)
    : m_store(std::move(store)), m_writerLock(std::move(lock)), m_columns(std::move(columns)),
      m_changed(std::move(changed)) {
    m_store->setPatience(patienceWithOthers);
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

void Saver::addTogether(const std::vector<std::shared_ptr<PendingEdit>>& edits) {
    {
        const std::lock_guard lock(m_mutex);
        for (const auto& edit : edits) {
            edit->isWithNext = edit != edits.back();
            m_waiting.push_back(edit);
        }
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

bool Saver::hasMoved() const {
    const std::lock_guard lock(m_mutex);
    return !m_moved.empty();
}

bool Saver::waitUntilSaved(double seconds, const std::function<void(const std::string&)>& waiting) const {
    Lock lock(m_mutex);
    const auto end = Clock::now() + inSeconds(seconds);
    std::string said;
    while (!m_waiting.empty() && !m_isHopeless && Clock::now() < end) {
        if (waiting && !m_problem.empty() && m_problem != said) {
            said = m_problem;
            lock.unlock();
            waiting(said);
            lock.lock();
            continue; // it may have changed meanwhile
        }
        m_told.wait_until(lock, end);
    }
    return m_waiting.empty() && m_moved.empty();
}

std::shared_ptr<const PendingEdit> Saver::stepInMemory(std::int64_t step) const {
    const std::lock_guard lock(m_mutex);
    // Among those that wait may be some that are no steps; what is asked for is most often the last.
    const auto waiting = std::find_if(m_waiting.rbegin(), m_waiting.rend(), [&](const auto& edit) {
        return edit->rest.step && edit->rest.step->id == step;
    });
    if (waiting != m_waiting.rend()) {
        return *waiting;
    }
    const auto recent =
        std::lower_bound(m_recent.begin(), m_recent.end(), step,
                         [](const auto& edit, std::int64_t id) { return edit->rest.step->id < id; });
    return recent != m_recent.end() && (*recent)->rest.step->id == step ? *recent : nullptr;
}

StoredStep Saver::storedStep(std::int64_t step) {
    StoredStep stored;
    const bool isAnswered = ask([&] {
        stored.changes = m_store->changesOf(step);
        for (const database::LayerRowChange& change : m_store->layerChangesOf(step)) {
            stored.layers.push_back(fromRow(change));
        }
    });
    if (!isAnswered) {
        throw Error("The project was closed; nothing can be taken back in it any more.");
    }
    return stored;
}

bool Saver::ask(std::function<void()> work) {
    std::packaged_task<void()> question(std::move(work));
    std::future<void> answer = question.get_future();
    {
        const std::lock_guard lock(m_mutex);
        if (m_ended) {
            return false;
        }
        m_questions.push_back(std::move(question));
    }
    m_wake.notify_all();
    answer.get();
    return true;
}

bool Saver::isOverwritten() const {
    const std::lock_guard lock(m_mutex);
    return m_isOverwritten;
}

void Saver::look() {
    ask([&] {
        {
            const std::lock_guard lock(m_mutex);
            if (!m_moved.empty() || (!m_hasWritten && m_waiting.empty())) {
                return;
            }
        }
        std::string problem;
        std::string moved;
        try {
            m_store->throwIfOverwritten();
        } catch (const database::StoreOverwritten& overwritten) {
            problem = overwritten.what();
        } catch (const database::StoreReplaced& replaced) {
            try {
                moved = moveOn(replaced.what());
            } catch (const std::exception&) { // tried again by whoever saves, and said then
            }
        } catch (const std::exception&) { // nothing that was saved is in danger
        }
        const std::lock_guard lock(m_mutex);
        m_isOverwritten = !problem.empty();
        m_moved = moved;
        m_problem = m_isOverwritten ? problem : moved.empty() ? m_problem : standing();
    });
}

void Saver::goOnIn(std::unique_ptr<database::Store> store, const std::string& sentence) {
    ask([&] {
        m_store->close();
        m_store = std::move(store);
        m_store->setPatience(patienceWithOthers);
        m_columns.clear(); // others' columns are attributes in a file of ours alone
        Edits saved;
        Lock lock(m_mutex);
        saved.swap(m_waiting);
        m_isOverwritten = false;
        m_isHopeless = false;
        m_failsSince = {};
        m_moved = sentence;
        tell(lock, true, standing());
    });
}

void Saver::setProblem(const std::string& problem) {
    Lock lock(m_mutex);
    if (problem != m_problem) {
        tell(lock, m_toldSaved, problem);
    }
}

std::size_t Saver::close(double seconds) {
    if (m_thread.joinable()) {
        {
            const std::lock_guard lock(m_mutex);
            m_patience = inSeconds(seconds);
            m_giveUpAt = endOfPatience();
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
        } else if (isFine() || Clock::now() >= m_retryAt) {
            saveNext(lock);
        } else if (m_giveUpAt && (m_isHopeless || Clock::now() >= *m_giveUpAt)) {
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

bool Saver::isFine() const {
    return m_problem.empty() || m_problem == standing();
}

std::string Saver::standing() const {
    return m_moved.empty() || m_others.empty() ? m_moved + m_others : m_moved + " " + m_others;
}

Saver::Clock::time_point Saver::endOfPatience() const {
    return (m_failsSince == Clock::time_point() ? Clock::now() : m_failsSince) + m_patience;
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
