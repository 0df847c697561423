// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/team/join_controller.h"

#include "base/error.h"
#include "ui/base/file_question.h"
#include "ui/base/format.h"
#include "ui/base/messages.h"
#include "ui/base/owned.h"
#include "ui/layers/layer_controller.h"
#include "ui/session/workspace.h"
#include "ui/team/join_dialog.h"

#include <algorithm>
#include <chrono>
#include <utility>

namespace nunatak::ui::team {

using project::Access;
using project::Join;
using project::Project;
using session::Session;
using session::Workspace;

namespace {

FileQuestion questionForProjects(const Session& session) {
    FileQuestion question;
    question.purpose = QStringLiteral("project");
    question.title = QObject::tr("Join others' work: their parts or copies of this project");
    question.filters = QStringList{QObject::tr("Projects (*.gpkg)"), QObject::tr("All files (*)")};
    question.several = true;
    question.startsIn = text(session.project().file().parent_path().string()); // parts are made there
    return question;
}

} // namespace

JoinController::JoinController(Workspace& workspace, layers::LayerController& layers, UserSettings& settings,
                               QWidget* window)
    : QObject(window), m_workspace(workspace), m_layers(layers), m_settings(settings), m_window(window) {
    constexpr std::chrono::milliseconds often(200);
    m_watch.setInterval(often);
    connect(&m_watch, &QTimer::timeout, this, [this] {
        if (m_dialog != nullptr && m_job != nullptr) {
            const auto status = m_job->status();
            m_dialog->showProgress(status.fraction, text(status.stage));
        }
    });
    connect(&m_workspace, &Workspace::sessionEnding, this, &JoinController::close);
}

void JoinController::askForFiles() {
    auto* session = m_workspace.session();
    if (session == nullptr) {
        return;
    }
    if (session->project().isReadOnly()) {
        Q_EMIT m_workspace.problem(tr("Join others' work"), session->readOnlySentence());
        return;
    }
    ui::askForFiles(m_window, m_settings, questionForProjects(*session),
                    [this](const QStringList& files) { open(files); });
}

void JoinController::askForMore() {
    const auto* session = m_workspace.session();
    if (session == nullptr) {
        return;
    }
    ui::askForFiles(m_dialog, m_settings, questionForProjects(*session), [this](const QStringList& files) {
        if (m_dialog != nullptr) {
            m_dialog->addFiles(files);
            look();
        }
    });
}

void JoinController::open(const QStringList& files) {
    auto* session = m_workspace.session();
    if (session == nullptr) {
        return;
    }
    close();
    m_dialog = owned<JoinDialog>(session->name(), files, m_window);
    m_dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(m_dialog, &JoinDialog::addRequested, this, &JoinController::askForMore);
    connect(m_dialog, &JoinDialog::filesChanged, this, &JoinController::look);
    connect(m_dialog, &JoinDialog::stopRequested, this, [this] {
        stop();
        m_dialog->showProblem(tr("It was stopped, and nothing was changed. Add or leave out a project to "
                                 "look again."));
    });
    connect(m_dialog, &JoinDialog::joinRequested, this, [this] { compare(true); });
    connect(m_dialog, &JoinDialog::conflictChosen, this, &JoinController::flyTo);
    connect(m_dialog, &QDialog::finished, this, [this] {
        stop();
        m_sources.clear();
    });
    m_dialog->show(); // not modal: the view shows the glaciers
    look();
}

void JoinController::close() {
    if (m_dialog != nullptr) {
        m_dialog->close();
        m_dialog = nullptr; // it goes a little later
    }
}

void JoinController::stop() {
    ++m_asked;
    m_watch.stop();
    if (m_job != nullptr) {
        m_job->cancel();
        m_job.reset();
    }
}

void JoinController::begin(std::shared_ptr<jobs::Job> job) {
    m_job = std::move(job);
    m_watch.start();
}

void JoinController::look() {
    stop();
    m_sources.clear();
    if (m_dialog == nullptr || m_workspace.session() == nullptr) {
        return;
    }
    const auto files = m_dialog->files();
    if (files.empty()) {
        m_dialog->showProblem(tr("Add the projects that others gave back."));
        return;
    }
    m_dialog->showLooking();
    const int mine = m_asked;
    const auto failed = [this, mine](const QString& sentence) {
        if (m_dialog != nullptr && mine == m_asked) {
            stop();
            m_dialog->showProblem(sentence);
        }
    };
    begin(m_workspace.jobs().start<Sources>(
        tr("Join others' work"), jobs::Lane::Background,
        [files](const Progress& progress) {
            Sources sources;
            for (const auto& file : files) {
                progress.report(static_cast<double>(sources.size()) / static_cast<double>(files.size()),
                                "Reading " + file.filename().string());
                progress.throwIfStopped();
                sources.push_back(Project::open(file, Access::ReadOnly));
            }
            return sources;
        },
        {.succeeded =
             [this, mine](Sources& sources) {
                 if (m_dialog != nullptr && mine == m_asked) {
                     m_sources = std::move(sources);
                     compare(false);
                 }
             },
         .failed = failed,
         .cancelled = [failed] { failed(tr("It was stopped, and nothing was changed.")); }}));
}

void JoinController::compare(bool joins) {
    const QPointer<Session> session = m_workspace.session();
    if (m_dialog == nullptr || session == nullptr || m_sources.empty()) {
        return;
    }
    stop();
    const int mine = m_asked;
    const auto failed = [this, mine](const QString& sentence) {
        if (m_dialog != nullptr && mine == m_asked) {
            stop();
            m_dialog->showProblem(sentence);
        }
    };
    m_dialog->showLooking();
    std::function<Join(const Progress&)> plan;
    try {
        plan = project::planJoin(session->project(),
                                 {m_sources, project::Prefer::Nobody, m_dialog->decisions()});
    } catch (const Error& error) {
        failed(text(error.what()));
        return;
    }
    begin(m_workspace.jobs().start<Join>(
        tr("Join others' work"), jobs::Lane::Background, std::move(plan),
        {.succeeded =
             [this, session, mine, joins](Join& join) {
                 if (session == nullptr || m_dialog == nullptr || mine != m_asked) {
                     return;
                 }
                 stop();
                 if (joins && join.undecided == 0) {
                     take(join);
                 } else {
                     m_dialog->showFound(join); // what was done meanwhile may ask for more
                 }
             },
         .failed = failed,
         .cancelled = [failed] { failed(tr("It was stopped, and nothing was changed.")); }}));
}

void JoinController::take(Join& join) {
    const auto counts = text(join.counts());
    const bool isTaken = m_workspace.attempt(
        tr("Join others' work"), [&] { m_workspace.session()->project().take(std::move(join.step)); });
    if (!isTaken) {
        compare(false); // something was done meanwhile
        return;
    }
    close();
    Q_EMIT done(join.findings.empty()
                    ? tr("Joined: %1.").arg(counts)
                    : tr("Joined: %1. Overlaps and gaps where glaciers of different people meet: %2; Check "
                         "outlines lists them.")
                          .arg(counts)
                          .arg(join.findings.size()));
}

void JoinController::flyTo(const project::JoinConflict& conflict) {
    const auto* session = m_workspace.session();
    if (session == nullptr) {
        return;
    }
    const outlines::OutlineRef ref{conflict.layer, conflict.uuid};
    if (session->project().hasLayer(conflict.layer)) {
        m_layers.showLayer(text(conflict.layer));
    }
    if (session->outline(ref) != nullptr) {
        m_workspace.selection().select(std::vector{ref});
        m_layers.lookDownOnSelection();
        return;
    }
    const auto& gone = conflict.there ? conflict.there : conflict.before; // removed here
    if (gone) {
        constexpr double around = 0.2;
        const geo::Extent& extent = gone->extent();
        m_layers.flyTo(extent.grown(around * std::max(extent.width(), extent.height())));
    }
}

} // namespace nunatak::ui::team
