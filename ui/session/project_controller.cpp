// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/session/project_controller.h"

#include "base/error.h"
#include "project/project_care.h"
#include "project/who_writes.h"
#include "scene/stored_scene.h"
#include "tasks/demo_project.h"
#include "ui/base/file_question.h"
#include "ui/base/format.h"
#include "ui/base/messages.h"
#include "ui/base/owned.h"
#include "ui/base/user_settings.h"
#include "ui/session/saving_wait.h"
#include "ui/session/workspace.h"

#include <QDialog>
#include <QFileInfo>
#include <QPointer>
#include <QTimer>
#include <QWidget>

#include <algorithm>
#include <set>
#include <utility>

namespace nunatak::ui::session {

namespace {

constexpr int recentCount = 8;

/// A project on its way between threads; std::function wants what can be copied.
using Carried = std::shared_ptr<std::unique_ptr<project::Project>>;

struct Opened {
    Carried project; ///< null: it is damaged
    QString refused; ///< why it is open for reading only, or not at all
};

Opened openProject(const std::filesystem::path& file, const Progress& progress) {
    progress.report(0.1, "Opening the file");
    try {
        return {std::make_shared<std::unique_ptr<project::Project>>(project::Project::open(
                    file, project::Access::ReadWrite,
                    [&](const std::string& problem) { progress.report(0.1, problem); })),
                {}};
    } catch (const Cancelled&) {
        throw;
    } catch (const Error& error) {
        // A project that cannot be written may still be looked at, if the user wants that.
        try {
            return {std::make_shared<std::unique_ptr<project::Project>>(
                        project::Project::open(file, project::Access::ReadOnly)),
                    QString::fromUtf8(error.what())};
        } catch (const Error&) {
        }
        if (project::isDamage(error)) { // what can be read of it may be recovered
            return {nullptr, QString::fromUtf8(error.what())};
        }
        throw;
    }
}

Carried makeProject(const NewProject& request, const Progress& progress) {
    progress.report(0.05, "Looking at the rasters");
    const auto scene = request.scene             ? *request.scene
                       : request.rasters.empty() ? scene::loadScene(request.sceneJson)
                                                 : scene::sceneFromRasters(request.rasters, request.name,
                                                                           request.date, request.sensor);
    progress.report(0.6, "Writing the project");
    const auto crs = request.crs.empty() ? geo::defaultProjectCrs(scene.grid.crs, scene.grid.extent())
                                         : geo::Crs::fromUserInput(request.crs);
    return std::make_shared<std::unique_ptr<project::Project>>(
        project::Project::create(request.file, crs, &scene));
}

/// Somebody else writes the project that was opened to look at it: when they have closed it, going on with it
/// is offered.
void offerWritingWhenFree(Workspace& workspace, const std::filesystem::path& file, QWidget* window,
                          std::function<void()> reopen) {
    if (project::whoWrites(file).empty()) {
        return; // it is read-only for another reason
    }
    constexpr int interval = 2000; // milliseconds
    auto* watch = owned<QTimer>(window);
    QObject::connect(watch, &QTimer::timeout, watch, [&workspace, file, window, watch, reopen] {
        const Session* session = workspace.session();
        const bool isShown = session != nullptr && session->project().isReadOnly() &&
                             session->project().file() == std::filesystem::absolute(file);
        if (isShown && !project::whoWrites(file).empty()) {
            return;
        }
        watch->stop();
        watch->deleteLater();
        if (isShown) {
            ask(window, QObject::tr("%1 is not open elsewhere any more.").arg(text(file.filename().string())),
                QObject::tr("It can be opened for writing now, with what was done there."),
                QObject::tr("Open for writing"), QObject::tr("Keep looking"), reopen);
        }
    });
    watch->start(interval);
}

} // namespace

ProjectController::ProjectController(Workspace& workspace, UserSettings& settings, QWidget* window)
    : QObject(window), m_workspace(workspace), m_settings(settings), m_window(window) {}

void ProjectController::askForOpen() {
    FileQuestion question;
    question.purpose = QStringLiteral("project");
    question.title = tr("Open project");
    question.filters = QStringList{tr("Projects (*.gpkg)"), tr("All files (*)")};
    askForFiles(m_window, m_settings, question,
                [this](const QStringList& files) { open(files.front().toStdString()); });
}

void ProjectController::askForNew() {
    auto* dialog = owned<NewProjectDialog>(m_settings, m_window);
    connect(dialog, &QDialog::rejected, dialog, &QObject::deleteLater);
    connect(dialog, &QDialog::accepted, this, [this, dialog] {
        make(dialog->request(), [dialog = QPointer(dialog)](bool isMade, const QString& sentence) {
            if (dialog == nullptr) {
                return;
            }
            if (isMade) {
                dialog->deleteLater();
            } else { // with all that was typed
                dialog->open();
                dialog->showProblem(sentence);
            }
        });
    });
    dialog->open();
}

void ProjectController::open(const std::filesystem::path& file) {
    close([this, file] { openNow(file); });
}

void ProjectController::openDemo(const std::filesystem::path& folder) {
    close([this, folder] {
        m_workspace.jobs().start<std::filesystem::path>(
            tr("Make the demo"), jobs::Lane::Background,
            [folder](const Progress& progress) { return tasks::demoProject(folder, progress); },
            {.succeeded = [this](std::filesystem::path& file) { open(file); },
             .failed = {},
             .cancelled = {}});
    });
}

void ProjectController::make(const NewProject& request, Made made) {
    close([this, request, made = std::move(made)] { makeNow(request, made); });
}

void ProjectController::openNow(const std::filesystem::path& file) {
    const auto what = tr("Open %1").arg(text(file.filename().string()));
    Q_EMIT openingStarted(text(file.filename().string()));
    m_workspace.jobs().start<Opened>(
        what, jobs::Lane::Background,
        [file](const Progress& progress) { return openProject(file, progress); },
        {.succeeded =
             [this, file](Opened& opened) {
                 if (opened.project == nullptr) {
                     Q_EMIT openingFailed(opened.refused);
                     Q_EMIT damaged(file, opened.refused);
                 } else if (opened.refused.isEmpty()) {
                     takeOver(std::move(*opened.project));
                 } else {
                     offerReadOnly(file, opened.refused, opened.project);
                 }
             },
         .failed = [this, what](const QString& sentence) { fail(what, sentence); },
         .cancelled = [this] { Q_EMIT openingFailed({}); }});
}

void ProjectController::offerReadOnly(const std::filesystem::path& file, const QString& sentence,
                                      std::shared_ptr<std::unique_ptr<project::Project>> readOnly) {
    ask(
        m_window, sentence, tr("%1 can be opened to look at it.").arg(text(file.filename().string())),
        tr("Open read-only"), tr("Do not open"),
        [this, file, readOnly] {
            takeOver(std::move(*readOnly));
            offerWritingWhenFree(m_workspace, file, m_window, [this, file] { open(file); });
        },
        [this, sentence] { Q_EMIT openingFailed(sentence); });
}

void ProjectController::makeNow(const NewProject& request, const Made& made) {
    const auto what = tr("Make %1").arg(text(request.file.filename().string()));
    Q_EMIT openingStarted(text(request.file.filename().string()));
    m_workspace.jobs().start<Carried>(
        what, jobs::Lane::Background,
        [request](const Progress& progress) { return makeProject(request, progress); },
        {.succeeded =
             [this, request, made](Carried& project) {
                 takeOver(std::move(*project));
                 if (made) {
                     made(true, {});
                 }
                 if (request.scene) {
                     return; // its notes were shown before
                 }
                 // What was taken for granted about the rasters is worth a look.
                 QString notes;
                 for (const auto& note : m_workspace.session()->project().scene().notes) {
                     notes += text(note) + QLatin1Char('\n');
                 }
                 if (!notes.isEmpty()) {
                     showNote(m_window, tr("New project"), notes.trimmed());
                 }
             },
         .failed =
             [this, what, made](const QString& sentence) {
                 if (made) {
                     Q_EMIT openingFailed(sentence);
                     made(false, sentence);
                 } else {
                     fail(what, sentence);
                 }
             },
         .cancelled =
             [this, made] {
                 Q_EMIT openingFailed({});
                 if (made) {
                     made(false, {});
                 }
             }});
}

void ProjectController::takeOver(std::unique_ptr<project::Project> project) {
    const auto file = project->file();
    const bool taken = m_workspace.attempt(tr("Open %1").arg(text(file.filename().string())), [&] {
        m_workspace.setSession(std::make_unique<Session>(std::move(project)));
    });
    if (taken) {
        remember(file);
        tellNotes(file);
    } else {
        Q_EMIT openingFailed({});
    }
}

void ProjectController::tellNotes(const std::filesystem::path& file) {
    QStringList notes;
    const auto& project = m_workspace.session()->project();
    std::set<std::string> asked; // of rasters that are gone a question is asked where they are to be drawn
    for (const auto& scene : project.scenes()) {
        asked.insert(scene::missingNote(scene));
    }
    for (const auto& note : project.notes()) {
        if (!asked.contains(note)) {
            notes << text(note);
            Q_EMIT noticed(notes.back());
        }
    }
    // What was read once and has not changed is no news.
    const QString path = QFileInfo(text(file.string())).absoluteFilePath();
    const QString all = notes.join(QLatin1Char('\n'));
    if (all != m_settings.toldNotes(path)) {
        m_settings.setToldNotes(path, all);
        if (!all.isEmpty()) {
            showNote(m_window, tr("What others did to %1").arg(text(file.filename().string())), all);
        }
    }
}

void ProjectController::fail(const QString& what, const QString& sentence) {
    Q_EMIT m_workspace.problem(what, sentence);
    Q_EMIT openingFailed(sentence);
}

void ProjectController::close(std::function<void()> closed) {
    if (m_closing) {
        if (m_afterwards) {
            m_afterwards = std::move(closed); // while the rest is written the welcome page takes wishes
        }
        return;
    }
    if (m_workspace.session() == nullptr && m_workspace.jobs().askedJobs().empty()) {
        closed();
        return;
    }
    m_closing = true;
    const auto running = m_workspace.jobs().askedJobs();
    if (running.empty()) {
        closeWhenSaved(std::move(closed));
        return;
    }
    auto* question = ask(
        m_window, tr("%1 is still running. Stop it?").arg(text(running.front()->title())),
        tr("What was stored before stays."), tr("Stop it and close"), tr("Keep working"),
        [this, closed] {
            m_workspace.jobs().cancelShown();
            closeWhenSaved(closed);
        },
        [this] { m_closing = false; });
    connect(&m_workspace.jobs(), &JobQueue::changed, question, [this, question, running, closed] {
        // Answered, it stops the jobs and closes by itself, and this would close once more.
        if (!question->isVisible() || !m_workspace.jobs().askedJobs().empty()) {
            return;
        }
        // There is nothing left to ask; what closing starts changes the jobs again.
        disconnect(&m_workspace.jobs(), nullptr, question, nullptr);
        question->done(QDialog::Rejected);
        const bool failed = std::any_of(running.begin(), running.end(), [](const auto& job) {
            return job->status().state == jobs::State::Failed;
        });
        if (failed) { // why has to be read first
            m_closing = false;
        } else {
            closeWhenSaved(closed);
        }
    });
}

void ProjectController::closeWhenSaved(std::function<void()> closed) {
    auto* session = m_workspace.session();
    if (session == nullptr) {
        m_closing = false;
        closed();
        return;
    }
    m_workspace.prepareToEnd();
    auto* wait = owned<SavingWait>(*session, m_window);
    connect(wait, &SavingWait::saved, this, [this, closed = std::move(closed)] { closeNow(closed); });
    connect(wait, &SavingWait::keptOpen, this, [this] { m_closing = false; });
    wait->begin();
}

void ProjectController::closeNow(std::function<void()> closed) {
    const auto name = m_workspace.session()->name();
    const auto project = std::make_shared<std::unique_ptr<project::Project>>(m_workspace.endSession());
    m_afterwards = std::move(closed);
    const auto done = [this] {
        m_closing = false;
        std::exchange(m_afterwards, nullptr)();
    };
    m_workspace.jobs().start<bool>(
        tr("Save %1").arg(name), jobs::Lane::Background,
        [project](const Progress&) {
            (*project)->close(); // writes what is left and folds it into one file
            project->reset();
            return true;
        },
        {.succeeded = [done](bool&) { done(); },
         .failed =
             [this, name](const QString& sentence) {
                 // Whatever was to follow waits until the user has read that.
                 m_closing = false;
                 m_afterwards = nullptr;
                 Q_EMIT m_workspace.problem(tr("Save %1").arg(name), sentence);
             },
         // Cancelled before it began: the project goes with the job all the same.
         .cancelled = done},
        JobQueue::Shown::Silently);
}

QStringList ProjectController::recent() const {
    return m_settings.recentProjects();
}

void ProjectController::remember(const std::filesystem::path& file) {
    const QString path = QFileInfo(text(file.string())).absoluteFilePath();
    QStringList files = recent();
    files.removeAll(path);
    files.prepend(path);
    m_settings.setRecentProjects(files.mid(0, recentCount));
    m_settings.setFolder(QStringLiteral("project"), QFileInfo(path).absolutePath());
    Q_EMIT recentChanged();
}

} // namespace nunatak::ui::session
