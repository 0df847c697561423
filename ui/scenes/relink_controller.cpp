// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/scenes/relink_controller.h"

#include "base/counted.h"
#include "base/error.h"
#include "project/scene_prints.h"
#include "scene/stored_scene.h"
#include "ui/base/file_question.h"
#include "ui/base/format.h"
#include "ui/base/messages.h"
#include "ui/ground/scene_controller.h"
#include "ui/session/workspace.h"

#include <QPointer>
#include <QStringList>
#include <QWidget>

#include <functional>
#include <utility>
#include <vector>

namespace nunatak::ui::scenes {

using ground::SceneController;
using session::Session;
using session::Workspace;

namespace {

struct Wanted {
    scene::Scene scene;
    std::function<scene::FilePrints()> prints;
};

/// The first has to be there; of the others those that are. Throws Error where the first is not.
std::vector<scene::Scene> foundIn(const std::filesystem::path& folder, const std::vector<Wanted>& wanted,
                                  const Progress& progress) {
    std::vector<scene::Scene> found;
    for (const Wanted& one : wanted) {
        progress.report(static_cast<double>(found.size()) / static_cast<double>(wanted.size()),
                        "Looking for " + one.scene.name);
        try {
            found.push_back(scene::relinked(one.scene, folder, one.prints()));
        } catch (const Cancelled&) {
            throw;
        } catch (const Error&) {
            if (found.empty()) {
                throw;
            }
        }
    }
    return found;
}

QString sentenceOn(const std::vector<scene::Scene>& found) {
    QStringList missing;
    for (const auto& scene : found) {
        for (const auto& file : scene::missingFiles(scene)) {
            missing << text(file);
        }
    }
    if (!missing.isEmpty()) {
        return QObject::tr("Still missing: %1").arg(missing.front());
    }
    return found.size() == 1
               ? QObject::tr("All rasters of %1 are there.").arg(text(found.front().name))
               : QObject::tr("All rasters of %1 are there, and those of %2 of which some were missing, too.")
                     .arg(text(found.front().name),
                          text(counted(static_cast<long long>(found.size()) - 1, "other scene")));
}

} // namespace

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
    std::vector<Wanted> wanted;
    const bool isPlanned = m_workspace.attempt(what, [&] {
        const auto& project = session->project();
        wanted.push_back({project.scene(scene), project::planPrints(project, scene)});
        for (const auto& other : project.scenes()) { // what was moved was seldom moved alone
            if (other.id != scene && !scene::missingFiles(other).empty()) {
                wanted.push_back({other, project::planPrints(project, other.id)});
            }
        }
    });
    if (!isPlanned) {
        return;
    }
    m_workspace.jobs().start<std::vector<scene::Scene>>(
        what, jobs::Lane::Background,
        [wanted = std::move(wanted), folder](const Progress& progress) {
            return foundIn(folder, wanted, progress);
        },
        {.succeeded =
             [this, session, what](std::vector<scene::Scene>& found) {
                 if (session == nullptr) {
                     return;
                 }
                 m_workspace.attempt(what, [&] {
                     for (const auto& one : found) {
                         session->project().replaceScene(one);
                     }
                     m_scenes.showScene(found.front().id);
                     Q_EMIT relinked(sentenceOn(found));
                 });
             },
         .failed = [this, what](const QString& sentence) { Q_EMIT m_workspace.problem(what, sentence); },
         .cancelled = {}});
}

} // namespace nunatak::ui::scenes
