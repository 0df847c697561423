// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "jobs/job.h"

#include <QObject>
#include <QString>

#include <atomic>
#include <functional>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

namespace nunatak::ui::session {

/// The window's long work: starts it on the runner's threads and brings results back to the UI thread.
class JobQueue : public QObject {
    Q_OBJECT

public:
    explicit JobQueue(QObject* parent = nullptr);
    ~JobQueue() override;

    /// Jobs that the user did not ask for need no question before closing: those in passing are shown in the
    /// status bar while nothing else is, silent ones never.
    enum class Shown { Yes, InPassing, Silently };

    /// What happens on the UI thread when the work has ended.
    template <typename Result> struct Ending {
        std::function<void(Result&)> succeeded;
        std::function<void(const QString& sentence)> failed; ///< none: failed() is emitted
        std::function<void()> cancelled;
    };

    /// Runs `work` in the background; one of the endings is called on this object's thread.
    template <typename Result>
    std::shared_ptr<jobs::Job> start(const QString& title, jobs::Lane lane,
                                     std::function<Result(const Progress&)> work, Ending<Result> ending,
                                     Shown shown = Shown::Yes) {
        auto result = std::make_shared<std::optional<Result>>();
        return launch(
            title, lane,
            [result, work = std::move(work)](const Progress& progress) { *result = work(progress); },
            [this, title, result, ending = std::move(ending)](const jobs::Job& job) {
                const auto status = job.status();
                if (status.state == jobs::State::Succeeded) {
                    if (ending.succeeded) {
                        ending.succeeded(**result);
                    }
                } else if (status.state == jobs::State::Failed) {
                    const auto sentence = QString::fromStdString(status.error);
                    if (ending.failed) {
                        ending.failed(sentence);
                    } else {
                        Q_EMIT failed(title, sentence);
                    }
                } else if (ending.cancelled) {
                    ending.cancelled();
                }
            },
            shown);
    }

    /// Nothing runs, waits or has still to be delivered.
    bool isIdle() const { return m_open == 0; }
    /// Shown jobs that wait or run, oldest first, those in passing last.
    std::vector<std::shared_ptr<jobs::Job>> shownJobs() const;
    /// Those of them that the user asked for.
    std::vector<std::shared_ptr<jobs::Job>> askedJobs() const { return runningJobs(Shown::Yes); }
    /// Stops what the user asked for, or else what runs in passing.
    void cancelShown();

Q_SIGNALS:
    void changed();
    void becameIdle();
    void failed(const QString& title, const QString& sentence);

private:
    std::shared_ptr<jobs::Job> launch(const QString& title, jobs::Lane lane,
                                      std::function<void(const Progress&)> work,
                                      std::function<void(const jobs::Job&)> done, Shown shown);
    std::vector<std::shared_ptr<jobs::Job>> runningJobs(Shown shown) const;
    void deliver();

    std::atomic<bool> m_told = false; // a delivery is on its way to the UI thread
    int m_open = 0;
    std::vector<std::pair<std::shared_ptr<jobs::Job>, Shown>> m_shown;
    std::unique_ptr<jobs::Runner> m_runner; // last: its threads end before the rest goes
};

} // namespace nunatak::ui::session
