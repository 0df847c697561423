// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/install_paths.h"
#include "models/registry.h"
#include "ui/session/job_queue.h"
#include "ui/session/selection_model.h"
#include "ui/session/session.h"

#include <QObject>

#include <memory>
#include <optional>
#include <vector>

namespace nunatak::ui::session {

/// What the parts of the window share: the open project, the jobs and the models of this machine.
class Workspace : public QObject {
    Q_OBJECT

public:
    explicit Workspace(InstallPaths paths, QObject* parent = nullptr);
    ~Workspace() override;

    const InstallPaths& paths() const { return m_paths; }
    JobQueue& jobs() { return m_jobs; }
    models::Registry registry() const { return {m_paths.installedModels, m_paths.userModels}; }

    /// Null when no project is open.
    Session* session() const { return m_session.get(); }
    void setSession(std::unique_ptr<Session> session);
    SelectionModel& selection() { return m_selection; }
    const SelectionModel& selection() const { return m_selection; }
    /// Tells everybody that the session is about to end, so that they say in its view what they want to find
    /// again, and stores that.
    void prepareToEnd();
    /// Ends the session and gives back its project, for a job to close; null when none was open.
    std::unique_ptr<project::Project> endSession();

    /// Looks for models in the background.
    void refreshModels(const QString& thenUse = {});
    const std::vector<models::StoredModel>& models() const { return m_models; }
    /// The one that Predict and fine-tuning use; none when there is none.
    std::optional<models::StoredModel> currentModel() const;
    void useModel(const QString& name);

    /// Runs `action`; an Error becomes the problem signal. False when there was one.
    bool attempt(const QString& what, const std::function<void()>& action);

Q_SIGNALS:
    void sessionStarted();
    void sessionEnding(); ///< still there: the last moment to say something in its view
    void sessionEnded();
    void rastersMade();
    /// A prediction is in this layer now; whether an inventory was started from it.
    void predicted(const QString& layer,
                   bool startedInventory); ///< beside the project, such as those of a prediction
    void modelsChanged();
    void currentModelChanged();
    /// Something went wrong: `what` was tried, `sentence` says why not and what to do.
    void problem(const QString& what, const QString& sentence);

private:
    InstallPaths m_paths;
    std::vector<models::StoredModel> m_models;
    QString m_currentModel;
    std::unique_ptr<Session> m_session;
    SelectionModel m_selection;
    JobQueue m_jobs; // last: no job outlives what its ending touches
};

} // namespace nunatak::ui::session
