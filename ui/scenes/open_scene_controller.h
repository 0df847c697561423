// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "jobs/job.h"
#include "scene/open_scene.h"

#include <QObject>
#include <QPointer>
#include <QStringList>

#include <memory>

class QWidget;

namespace nunatak::ui {
class UserSettings;
} // namespace nunatak::ui

namespace nunatak::ui::ground {
class SceneController;
} // namespace nunatak::ui::ground

namespace nunatak::ui::session {
class ProjectController;
class Workspace;
} // namespace nunatak::ui::session

namespace nunatak::ui::scenes {

class OpenSceneDialog;

/// Open scene: from files or folders to a scene in a project. Recognising is a job; the dialog shows what
/// comes out of it.
class OpenSceneController : public QObject {
    Q_OBJECT

public:
    OpenSceneController(session::Workspace& workspace, UserSettings& settings,
                        session::ProjectController& projects, ground::SceneController& scenes,
                        QWidget* window);

    /// Shows the dialog without anything in it.
    void ask() { open({}); }
    /// Shows the dialog with these; adds them when it is shown already.
    void open(const QStringList& paths);

private:
    void recognise(const QStringList& paths, const scene::OpenOptions& options);
    void accept(OpenSceneDialog& dialog);

    session::Workspace& m_workspace;
    UserSettings& m_settings;
    session::ProjectController& m_projects;
    ground::SceneController& m_scenes;
    QWidget* m_window;
    QPointer<OpenSceneDialog> m_dialog;
    std::shared_ptr<jobs::Job> m_job;
    int m_asked = 0; ///< questions so far
};

} // namespace nunatak::ui::scenes
