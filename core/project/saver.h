// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "database/store.h"
#include "database/writer_lock.h"
#include "outlines/edit.h"

#include <condition_variable>
#include <cstdint>
#include <deque>
#include <filesystem>
#include <functional>
#include <future>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

namespace nunatak::project {

/// One edit on its way to the disk. Outlines are immutable, so turning them into rows can wait for the saving
/// thread.
struct PendingEdit {
    std::vector<outlines::OutlineChange> changes;
    std::vector<outlines::LayerChange> layers;
    database::Transaction rest; ///< all but features, layer changes and reverse changes
    bool isWithNext = false;    ///< nothing of it is to be in the file without the one that follows
};

/// How long SQLite itself waits for another program, in milliseconds: short, so that questions to the saving
/// thread are answered meanwhile.
inline constexpr int patienceWithOthers = 100;

/// BASE-recovered.gpkg, or BASE-recovered-2.gpkg and so on where there is one; beside the project, or where
/// its folder is gone, too, in the user's own.
std::filesystem::path recoveredFileFor(const std::filesystem::path& project);

/// A step as the file has it.
struct StoredStep {
    std::vector<outlines::LayerChange> layers;
    std::vector<database::ReverseChange> changes;
};

/// Writes edits on a thread of its own, which holds the project's only connection: at once, and what came
/// meanwhile together, so that none waits for the disk more than twice. What cannot be written now is tried
/// again until it can.
class Saver {
public:
    /// `changed` is called on the saving thread when saved() or problem() have changed.
    /// `columns`: by layer, of other programs (see toRow()).
    Saver(std::unique_ptr<database::Store> store, database::WriterLock lock,
          std::map<std::string, std::vector<std::string>> columns, std::function<void()> changed);
    /// close(), without a word about what could not be saved.
    ~Saver();
    Saver(const Saver&) = delete;
    Saver& operator=(const Saver&) = delete;

    void add(std::shared_ptr<const PendingEdit> edit);
    /// Several that are in the file all of them or none.
    void addTogether(const std::vector<std::shared_ptr<PendingEdit>>& edits);
    bool saved() const;
    std::string problem() const;
    /// True when all is saved. False at once where waiting does not help; `waiting` is told what is waited
    /// for.
    bool waitUntilSaved(double seconds, const std::function<void(const std::string&)>& waiting = {}) const;
    /// True when the project's file was taken away while it was open, and all there is was saved into another
    /// one, which problem() names.
    bool hasMoved() const;

    bool isOwnThread() const { return std::this_thread::get_id() == m_thread.get_id(); }
    /// True when another program overwrote the project's file: nothing is saved until goOnIn().
    bool isOverwritten() const;
    /// Finds out whether the file was overwritten, or taken away, also where nothing waits to be saved; where
    /// nothing was saved either it does not matter.
    void look();
    /// Saves into another file from now on, which holds everything that was added before. `sentence` on that
    /// stays the problem().
    void goOnIn(std::unique_ptr<database::Store> store, const std::string& sentence);
    /// Why goOnIn() could not be called yet.
    void setProblem(const std::string& problem);

    /// The edit of a step of the history as long as it waits to be saved, and of the last ones that were: up
    /// to some million vertices. Null: it has to be read.
    std::shared_ptr<const PendingEdit> stepInMemory(std::int64_t step) const;
    /// What is stored of a saved step; waits for the saving thread. Any thread may ask. Throws Error when
    /// the project was closed.
    StoredStep storedStep(std::int64_t step);

    /// Saves what waits, leaves one file and ends the thread. Gives up when nothing could be saved for
    /// `seconds`, by default long enough for another program and counted from when saving began to fail; at
    /// once where waiting does not help. Returns how many edits are lost by that.
    std::size_t close(double seconds = 30);

private:
    using Clock = std::chrono::steady_clock;
    using Lock = std::unique_lock<std::mutex>;
    using Edits = std::deque<std::shared_ptr<const PendingEdit>>;

    void run();
    void saveNext(Lock& lock);
    /// What is written together next: one alone after a failure, for others may do what it cannot.
    Edits next() const;
    /// What became of writing some edits.
    struct Attempt {
        std::string problem; ///< empty: they are on the disk
        std::string moved;   ///< a sentence on where all is saved now, where that is another file
        std::string others;  ///< a sentence on what another program had written
        bool isHopeless = false;
        bool isOverwritten = false;
    };
    Attempt write(const Edits& edits);
    void noteFailure(Clock::duration pause);
    void noteSaved(Lock& lock, const Edits& edits);
    /// Has `work` done on the saving thread and waits for it; false when that has ended.
    bool ask(std::function<void()> work);
    bool isFine() const;
    /// What stays to be told although all is saved.
    std::string standing() const;
    /// Goes on in a file beside the project's, which is gone, and returns a sentence on that. Throws Error
    /// when it cannot be made either.
    std::string moveOn(const std::string& reason);
    Clock::time_point endOfPatience() const;
    /// Keeps a saved edit in memory; returns those for which there is no room any more.
    Edits keep(std::shared_ptr<const PendingEdit> edit);
    /// Tells about a change of saved() or problem(), without the lock.
    void tell(Lock& lock, bool saved, std::string problem);

    std::unique_ptr<database::Store> m_store; // of the saving thread
    std::optional<database::WriterLock> m_writerLock;
    std::map<std::string, std::vector<std::string>> m_columns; // of the saving thread, too
    std::function<void()> m_changed;

    mutable std::mutex m_mutex;
    mutable std::condition_variable m_wake; // the saving thread
    mutable std::condition_variable m_told; // those who wait for it
    Edits m_waiting;
    Edits m_recent; ///< saved, oldest first
    std::size_t m_recentVertices = 0;
    bool m_ended = false; ///< nobody answers questions any more
    std::deque<std::packaged_task<void()>> m_questions;
    std::string m_problem;
    bool m_isHopeless = false; ///< waiting does not help against the problem
    bool m_isOverwritten = false;
    bool m_hasWritten = false; ///< since the project was opened
    std::string m_moved;       ///< a sentence on where the project is saved now; empty: in its own file
    std::string m_others;      ///< a sentence on what another program wrote meanwhile
    bool m_toldSaved = true;
    Clock::time_point m_failsSince;
    Clock::time_point m_retryAt;
    Clock::duration m_pause{};                   ///< until the next try, longer with each
    std::optional<Clock::time_point> m_giveUpAt; ///< closing, when set
    Clock::duration m_patience{};
    std::thread m_thread;
};

} // namespace nunatak::project
