// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/scenes/relink_controller.h"

#include "scene/stored_scene.h"
#include "ui/base/file_question.h"
#include "ui/base/format.h"
#include "ui/base/messages.h"
#include "ui/ground/scene_controller.h"
#include "ui/session/workspace.h"

#include <QPointer>
#include <QWidget>

namespace nunatak::ui::scenes {

using ground::SceneController;
using session::Session;
using session::Workspace;

RelinkController::RelinkController(Workspace& workspace, UserSettings& settings, SceneController& scenes,
                                   QWidget* window)
    : QObject(window), m_workspace(workspace), m_settings(settings), m_scenes(scenes), m_window(window) {}

void RelinkController::ask() {
    const auto* session = m_workspace.session();
    if (session == nullptr || session->scene() == nullptr) {
        return;
    }
    if (session->project().isReadOnly()) {
        Q_EMIT m_workspace.problem(tr("Find rasters"), session->readOnlySentence());
        return;
    }
    FileQuestion question;
    question.purpose = QStringLiteral("rasters");
    question.title =
        tr("Folder with the rasters of %1").arg(session->sceneName(session->scene()->scene().id));
    question.folder = true;
    askForFiles(m_window, m_settings, question,
                [this, scene = session->scene()->scene().id](const QStringList& folders) {
                    relink(scene, folders.front().toStdString());
                });
}

void RelinkController::offer(const std::string& scene) {
    const auto* session = m_workspace.session();
    if (session == nullptr) {
        return;
    }
    const auto question = tr("The rasters of %1 are not where they were.").arg(session->sceneName(scene));
    const auto note = text(scene::missingNote(session->project().scene(scene)));
    if (session->project().isReadOnly()) {
        Q_EMIT m_workspace.problem(tr("Find rasters"), note + QLatin1Char(' ') + session->readOnlySentence());
        return;
    }
    nunatak::ui::ask(m_window, question, note, tr("Find rasters…"), tr("Later"), [this] { ask(); });
}

void RelinkController::relink(const std::string& scene, const std::filesystem::path& folder) {
    const QPointer<Session> session = m_workspace.session();
    if (session == nullptr) {
        return;
    }
    const auto what = tr("Find rasters");
    m_workspace.jobs().start<scene::Scene>(
        what, jobs::Lane::Background,
        [before = session->project().scene(scene), folder](const Progress&) {
            return scene::relinked(before, folder);
        },
        {.succeeded =
             [this, session, what](scene::Scene& found) {
                 if (session == nullptr) {
                     return;
                 }
                 m_workspace.attempt(what, [&] {
                     session->project().replaceScene(found);
                     m_scenes.showScene(found.id);
                     const auto missing = scene::missingFiles(found);
                     Q_EMIT relinked(missing.empty()
                                         ? tr("All rasters of %1 are there.").arg(text(found.name))
                                         : tr("Still missing: %1").arg(text(missing.front())));
                 });
             },
         .failed = [this, what](const QString& sentence) { Q_EMIT m_workspace.problem(what, sentence); },
         .cancelled = {}});
}

} // namespace nunatak::ui::scenes
