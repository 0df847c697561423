// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/scenes/open_scene_controller.h"

#include "base/error.h"
#include "ui/base/format.h"
#include "ui/base/owned.h"
#include "ui/ground/scene_controller.h"
#include "ui/scenes/open_scene_dialog.h"
#include "ui/session/project_controller.h"
#include "ui/session/workspace.h"

#include <QWidget>

namespace nunatak::ui::scenes {

using ground::SceneController;
using session::NewProject;
using session::ProjectController;
using session::Workspace;

OpenSceneController::OpenSceneController(Workspace& workspace, UserSettings& settings,
                                         ProjectController& projects, SceneController& scenes,
                                         QWidget* window)
    : QObject(window), m_workspace(workspace), m_settings(settings), m_projects(projects), m_scenes(scenes),
      m_window(window) {}

void OpenSceneController::open(const QStringList& paths) {
    if (m_dialog == nullptr) {
        const auto* session = m_workspace.session();
        const bool joinable = session != nullptr && !session->project().isReadOnly();
        m_dialog = owned<OpenSceneDialog>(m_settings, joinable ? session->name() : QString(), m_window);
        connect(m_dialog, &OpenSceneDialog::recognitionWanted, this, &OpenSceneController::recognise);
        connect(m_dialog, &QDialog::accepted, this, [this, dialog = m_dialog.data()] { accept(*dialog); });
        connect(m_dialog, &QDialog::rejected, m_dialog, &QObject::deleteLater);
        connect(m_dialog, &QDialog::finished, this, [this] {
            m_dialog = nullptr; // it goes a little later
            if (m_job != nullptr) {
                m_job->cancel();
            }
        });
        m_dialog->open();
    }
    if (!paths.isEmpty()) {
        m_dialog->addPaths(paths);
    }
}

void OpenSceneController::recognise(const QStringList& paths, const scene::OpenOptions& options) {
    if (m_job != nullptr) {
        m_job->cancel(); // what it finds is no longer asked for
    }
    const int mine = ++m_asked; // an answer to an older question must not fill the dialog
    std::vector<std::string> given;
    for (const auto& path : paths) {
        given.push_back(path.toStdString());
    }
    m_job = m_workspace.jobs().start<scene::OpenedScene>(
        tr("Recognise the scene"), jobs::Lane::Background,
        [given, options](const Progress& progress) { return scene::openScene(given, options, progress); },
        {.succeeded =
             [this, mine](scene::OpenedScene& opened) {
                 if (m_dialog != nullptr && mine == m_asked) {
                     m_dialog->showOpened(opened);
                 }
             },
         .failed =
             [this, mine](const QString& sentence) {
                 if (m_dialog != nullptr && mine == m_asked) {
                     m_dialog->showProblem(sentence);
                 }
             },
         .cancelled = {}});
}

void OpenSceneController::accept(OpenSceneDialog& dialog) {
    const auto ended = [this, kept = QPointer(&dialog)](bool isMade, const QString& sentence) {
        if (kept == nullptr) {
            return;
        }
        if (isMade || m_dialog != nullptr) {
            kept->deleteLater();
        } else { // with all that was given and chosen
            m_dialog = kept;
            m_dialog->open();
            m_dialog->showRefusal(sentence);
        }
    };
    const scene::Scene scene = dialog.scene();
    if (!dialog.joinsProject()) {
        NewProject request;
        request.file = dialog.projectFile().toStdString();
        if (request.file.extension() != ".gpkg") {
            request.file += ".gpkg";
        }
        request.scene = scene;
        m_projects.make(request, ended);
        return;
    }
    try {
        m_workspace.session()->project().addScene(scene);
    } catch (const Error& error) {
        const auto sentence = text(error.what()); // once the dialog has closed
        QMetaObject::invokeMethod(
            this, [ended, sentence] { ended(false, sentence); }, Qt::QueuedConnection);
        return;
    }
    ended(true, {});
    m_workspace.attempt(tr("Open scene"), [&] { m_scenes.showScene(scene.id); });
}

} // namespace nunatak::ui::scenes
