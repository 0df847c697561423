// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/error.h"
#include "project/others_edits.h"
#include "project/outline_codec.h"
#include "project/saver.h"

#include <algorithm>
#include <exception>
#include <iterator>
#include <utility>

// How what waits gets onto the disk.
namespace nunatak::project {

namespace {

using namespace std::chrono_literals;

/// Another program that reads or writes for a moment should not cost the time in which an edit is safe.
constexpr auto pauseAfterFailure = 20ms;
constexpr auto longestPause = 300ms;
/// Where waiting does not help: somebody may mend the file all the same.
constexpr auto pauseWithoutHope = 5s;
/// Vertices of the steps that are kept in memory to be taken back at once (16 bytes each).
constexpr std::size_t recentVertices = 4'000'000;
/// Vertices and number of steps that are written together.
constexpr std::size_t verticesTogether = 500'000;
constexpr std::size_t stepsTogether = 1'000;

std::size_t verticesOf(const PendingEdit& edit) {
    std::size_t count = 0;
    for (const outlines::OutlineChange& change : edit.changes) {
        count +=
            (change.before ? change.before->vertices() : 0) + (change.after ? change.after->vertices() : 0);
    }
    return count;
}

database::Transaction toTransaction(const PendingEdit& edit,
                                    const std::map<std::string, std::vector<std::string>>& columns) {
    database::Transaction transaction = edit.rest;
    for (const outlines::LayerChange& change : edit.layers) {
        transaction.layerChanges.push_back(toRow(change));
    }
    for (const outlines::OutlineChange& change : edit.changes) {
        const std::string& uuid = change.after ? change.after->uuid : change.before->uuid;
        std::optional<database::FeatureRow> row;
        if (change.after) {
            const auto added = columns.find(change.layer);
            row = toRow(*change.after, added == columns.end() ? std::vector<std::string>() : added->second);
        }
        transaction.features.push_back({change.layer, uuid, std::move(row)});
        if (transaction.step) {
            transaction.changes.push_back(reverseOf(change));
        }
    }
    return transaction;
}

/// A layer that comes back has a table of ours alone: what others' columns held are attributes then.
void forgetRemoved(const PendingEdit& edit, std::map<std::string, std::vector<std::string>>& columns) {
    for (const outlines::LayerChange& change : edit.layers) {
        if (!change.after) {
            columns.erase(change.before->name);
        }
    }
}

} // namespace

Saver::Edits Saver::next() const {
    Edits together;
    std::size_t vertices = 0;
    for (const auto& edit : m_waiting) {
        vertices += verticesOf(*edit);
        const bool isFull = vertices > verticesTogether || together.size() >= stepsTogether;
        if (!together.empty() && !together.back()->isWithNext &&
            (isFull || m_failsSince != Clock::time_point())) {
            break;
        }
        together.push_back(edit);
    }
    return together;
}

Saver::Attempt Saver::write(const Edits& edits) {
    Attempt attempt;
    auto columns = m_columns;
    try {
        std::vector<database::Transaction> transactions;
        for (const auto& edit : edits) {
            transactions.push_back(toTransaction(*edit, columns));
            forgetRemoved(*edit, columns);
        }
        const auto compare = [&](std::size_t number, const auto& there, database::Transaction& writing) {
            const std::string said = keepOthersEdits(edits[number]->changes, there, writing);
            attempt.others += (attempt.others.empty() || said.empty() ? "" : " ") + said;
        };
        try {
            m_store->commit(transactions, compare);
        } catch (const database::StoreReplaced& replaced) {
            attempt.others.clear();
            attempt.moved = moveOn(replaced.what());
            m_store->commit(transactions);
        }
        m_columns = std::move(columns);
        const std::string version = m_store->takeVersionNote();
        attempt.others += (attempt.others.empty() || version.empty() ? "" : " ") + version;
    } catch (const database::StoreBusy& busy) {
        attempt.problem = busy.what();
    } catch (const database::StoreFull& full) {
        attempt.problem = full.what();
    } catch (const database::StoreOverwritten& overwritten) {
        attempt.problem = overwritten.what();
        attempt.isHopeless = true;
        attempt.isOverwritten = true;
    } catch (const std::exception& failure) {
        attempt.problem = failure.what();
        attempt.isHopeless = true;
    }
    return attempt;
}

void Saver::saveNext(Lock& lock) {
    const Edits edits = next();
    if (m_toldSaved) {
        tell(lock, false, m_problem);
    }
    lock.unlock();
    const Attempt attempt = write(edits);
    lock.lock();
    if (!attempt.moved.empty()) {
        m_moved = attempt.moved;
    }
    const bool isFirst = m_failsSince == Clock::time_point();
    if (isFirst && attempt.isHopeless && !attempt.isOverwritten && edits.size() > 1) {
        noteFailure(0ms); // one of them cannot be written: each alone, so that the others are
        return;
    }
    m_isHopeless = attempt.isHopeless;
    m_isOverwritten = attempt.isOverwritten;
    std::string problem = attempt.problem;
    if (problem.empty()) {
        m_others += (m_others.empty() || attempt.others.empty() ? "" : " ") + attempt.others;
        noteSaved(lock, edits);
        problem = standing();
    } else {
        m_pause = isFirst ? Clock::duration(pauseAfterFailure) : 2 * m_pause;
        m_pause = std::clamp<Clock::duration>(m_pause, pauseAfterFailure, longestPause);
        noteFailure(m_isHopeless ? Clock::duration(pauseWithoutHope) : m_pause);
    }
    if (problem != m_problem || m_waiting.empty()) {
        tell(lock, m_waiting.empty(), problem);
    }
}

void Saver::noteFailure(Clock::duration pause) {
    m_failsSince = m_failsSince == Clock::time_point() ? Clock::now() : m_failsSince;
    m_retryAt = Clock::now() + pause;
}

void Saver::noteSaved(Lock& lock, const Edits& edits) {
    m_hasWritten = true;
    m_failsSince = {};
    Edits dropped;
    for (const auto& edit : edits) {
        m_waiting.pop_front();
        Edits old = keep(edit);
        std::move(old.begin(), old.end(), std::back_inserter(dropped));
    }
    if (m_giveUpAt) {
        m_giveUpAt = endOfPatience();
    }
    lock.unlock();
    dropped.clear(); // millions of vertices are not freed in a moment
    lock.lock();
}

std::string Saver::moveOn(const std::string& reason) {
    const std::filesystem::path file = recoveredFileFor(m_store->file());
    try {
        m_store->copyInto(file);
    } catch (const database::StoreFull&) {
        throw; // there may be room later
    } catch (const Error& failure) {
        throw Error(reason + " It cannot be saved elsewhere either: " + failure.what());
    }
    m_store = std::make_unique<database::Store>(file, database::Store::Mode::ReadWrite);
    m_store->setPatience(patienceWithOthers);
    m_store->contents(); // knows the columns of other programs
    return reason + " Everything was saved into " + file.string() +
           " instead; close the project here and open that one.";
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

} // namespace nunatak::project
