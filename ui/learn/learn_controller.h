// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "jobs/job.h"
#include "tasks/learning_task.h"
#include "ui/learn/learning_panel.h"
#include "ui/learn/run_view.h"

#include <QObject>
#include <QString>

#include <filesystem>
#include <memory>
#include <optional>

namespace nunatak::ui::session {
class Workspace;
} // namespace nunatak::ui::session

namespace nunatak::ui::learn {

class ModelChoice;

/// Runs the fine-tuning that the panel asks for in the background: begun, watched, paused, gone on with. What
/// it makes becomes the project's model where it is better on what was held out, or where a person says so.
class LearnController : public QObject {
    Q_OBJECT

public:
    LearnController(session::Workspace& workspace, LearningPanel& panel, ModelChoice& choice,
                    QObject* parent);
    ~LearnController() override;

    void start();
    void refreshLayers();

Q_SIGNALS:
    void learnt(const QString& sentence);
    /// One was interrupted when the project was last open.
    void interruptedFound(const QString& sentence);

private:
    void run(tasks::LearningTask task);
    void resume();
    void pause();
    void cancel();
    void succeed(const tasks::Learnt& result);
    void endInterrupted(const QString& sentence);
    void end(const QString& sentence, RunView::Offer offer = RunView::Offer::Nothing);
    /// Looks in the background whether a training waits in the project.
    void lookForInterrupted(bool tells);
    void describeModel();
    /// A name for the new version.
    void propose();
    std::shared_ptr<tasks::LearningWatch> watch();

    session::Workspace& m_workspace;
    LearningPanel& m_panel;
    ModelChoice& m_choice;
    std::shared_ptr<jobs::Job> m_job; // null: none runs
    std::shared_ptr<tasks::LearningWatch> m_watch;
    tasks::TrainingFolder m_folder{std::filesystem::path()}; ///< of the one that runs or ran last
    bool m_hasSteps = false;                                 ///< the running one has learnt some
    bool m_discards = false;                                 ///< nothing of it shall be kept
    std::optional<models::StoredModel> m_made;               ///< the newest, not used yet
};

} // namespace nunatak::ui::learn
