// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/care/care_controller.h"

#include "base/byte_size.h"
#include "project/project_care.h"
#include "ui/base/file_question.h"
#include "ui/base/format.h"
#include "ui/base/messages.h"
#include "ui/base/report_dialog.h"
#include "ui/session/project_controller.h"
#include "ui/session/workspace.h"

#include <QTimer>

#include <chrono>
#include <system_error>
#include <utility>

namespace nunatak::ui::care {

using session::JobQueue;
using session::Workspace;

namespace {

QString nameOf(const std::filesystem::path& file) {
    return text(file.filename().string());
}

FileQuestion questionForProject(const QString& title, const QString& folder) {
    FileQuestion question;
    question.purpose = QStringLiteral("project");
    question.title = title;
    question.filters = QStringList{QObject::tr("Projects (*.gpkg)"), QObject::tr("All files (*)")};
    question.startsIn = folder;
    return question;
}

/// A free name beside it.
std::filesystem::path copyNameFor(const std::filesystem::path& file) {
    std::filesystem::path name;
    std::error_code none;
    int number = 1;
    do {
        name = file.parent_path() / (file.stem().string() + "-copy" +
                                     (number == 1 ? std::string() : "-" + std::to_string(number)) + ".gpkg");
        ++number;
    } while (std::filesystem::exists(name, none));
    return name;
}

} // namespace

CareController::CareController(Workspace& workspace, session::ProjectController& projects,
                               UserSettings& settings, QWidget* window)
    : QObject(window), m_workspace(workspace), m_projects(projects), m_settings(settings), m_window(window) {}

QString CareController::folder() const {
    const auto* session = m_workspace.session();
    return session == nullptr ? QString() : text(session->project().file().parent_path().string());
}

void CareController::whenSaved(const QString& what, std::function<void()> then) {
    const auto* session = m_workspace.session();
    if (session == nullptr) {
        return;
    }
    if (session->project().isReadOnly() || session->project().isSaved()) {
        then();
    } else if (const auto problem = text(session->project().savingProblem()); !problem.isEmpty()) {
        Q_EMIT m_workspace.problem(what, problem);
    } else {
        constexpr std::chrono::milliseconds soon(20); // an edit is on the disk within a tenth of a second
        QTimer::singleShot(soon, this, [this, what, then = std::move(then)] { whenSaved(what, then); });
    }
}

void CareController::askForCopy() {
    const auto* session = m_workspace.session();
    if (session == nullptr) {
        return;
    }
    auto question = questionForProject(tr("Save a copy of %1").arg(session->name()), folder());
    question.save = true;
    question.asksBeforeReplacing = false; // nothing is ever replaced
    question.suffix = QStringLiteral("gpkg");
    question.suggested = nameOf(copyNameFor(session->project().file()));
    askForFiles(m_window, m_settings, question,
                [this](const QStringList& files) { copyTo(files.front().toStdString()); });
}

void CareController::copyTo(const std::filesystem::path& target) {
    const auto* session = m_workspace.session();
    if (session == nullptr) {
        return;
    }
    const auto rasters = tasks::rastersBeside(session->project().file());
    if (rasters.bytes <= tasks::littleRoom) {
        copy(target, tasks::TakeRasters::Yes);
        return;
    }
    choose(m_window, tr("Take the rasters of predictions along, too?"),
           tr("They take %1. From them a review and an export know how sure a model was of its outlines; "
              "without them that is not known in the copy until a model predicts there again.")
               .arg(text(sizeText(rasters.bytes))),
           {{tr("Copy with rasters"), [this, target] { copy(target, tasks::TakeRasters::Yes); }},
            {tr("Copy without"), [this, target] { copy(target, tasks::TakeRasters::No); }}},
           tr("Do not copy"));
}

void CareController::copy(const std::filesystem::path& target, tasks::TakeRasters rasters) {
    const auto what = tr("Save a copy");
    whenSaved(what, [this, what, target, rasters] {
        m_workspace.jobs().start<std::vector<std::string>>(
            what, jobs::Lane::Background,
            [file = m_workspace.session()->project().file(), target, rasters](const Progress& progress) {
                return tasks::copyProject(file, target, rasters, progress);
            },
            {.succeeded = [this,
                           target](std::vector<std::string>& sentences) { showCopy(target, sentences); },
             .failed = {},
             .cancelled = {}});
    });
}

void CareController::showCopy(const std::filesystem::path& copy, const std::vector<std::string>& sentences) {
    Report report;
    report.title = tr("Save a copy");
    report.headline = tr("Saved a copy as %1.").arg(nameOf(copy));
    for (const std::string& sentence : sentences) {
        report.lines.push_back({text(sentence)});
    }
    report.footer = tr("It lies in %1. What is done here from now on does not go into it.")
                        .arg(text(copy.parent_path().string()));
    report.goOnText = tr("Open the copy");
    report.goOn = [this, copy] { m_projects.open(copy); };
    showReport(m_window, report);
}

void CareController::compact() {
    const auto* session = m_workspace.session();
    if (session == nullptr) {
        return;
    }
    const auto what = tr("Compact");
    if (session->project().isReadOnly()) {
        Q_EMIT m_workspace.problem(what, session->readOnlySentence());
        return;
    }
    m_projects.close([this, what, file = session->project().file()] {
        const auto reopen = [this, file] { m_projects.open(file); };
        m_workspace.jobs().start<project::Compacted>(
            what, jobs::Lane::Background,
            [file](const Progress& progress) { return project::compactFile(file, progress); },
            {.succeeded =
                 [this, what, file, reopen](project::Compacted& sizes) {
                     reopen();
                     showNote(m_window, what,
                              text(project::sentenceOn(file.filename(), sizes)) + QLatin1Char(' ') +
                                  tr("History and undo are as they were."));
                 },
             .failed =
                 [this, what, reopen](const QString& sentence) {
                     reopen();
                     Q_EMIT m_workspace.problem(what, sentence);
                 },
             .cancelled = reopen});
    });
}

void CareController::check() {
    if (const auto* session = m_workspace.session(); session != nullptr) {
        whenSaved(tr("Check project"), [this, file = session->project().file()] { checkFile(file); });
        return;
    }
    askForFiles(m_window, m_settings, questionForProject(tr("Check which project?"), {}),
                [this](const QStringList& files) { checkFile(files.front().toStdString()); });
}

void CareController::checkFile(const std::filesystem::path& file) {
    const auto what = tr("Check project");
    m_workspace.jobs().start<project::FileCheck>(
        what, jobs::Lane::Background,
        [file](const Progress& progress) { return project::checkFile(file, progress); },
        {.succeeded =
             [this, what, file](project::FileCheck& check) {
                 Report report;
                 report.title = what;
                 report.headline = check.found.empty() ? tr("Nothing is wrong with %1.").arg(nameOf(file))
                                   : check.isDamaged
                                       ? tr("%1 is damaged.").arg(nameOf(file))
                                       : tr("There is something to say of %1.").arg(nameOf(file));
                 for (const auto& finding : check.found) {
                     report.lines.push_back({text(finding.what), text(finding.toDo)});
                 }
                 report.footer = text(check.lookedAt) + QLatin1Char(' ') +
                                 tr("Whether outlines cross themselves or overlap is another question: "
                                    "Glaciers \u203a Check outlines.");
                 if (check.isDamaged) {
                     report.goOnText = tr("Recover what can be read");
                     report.goOn = [this, file] { recover(file); };
                 }
                 showReport(m_window, report);
             },
         .failed = {},
         .cancelled = {}});
}

void CareController::askForRecovery() {
    askForFiles(m_window, m_settings,
                questionForProject(tr("Recover what can be read of a damaged project"), folder()),
                [this](const QStringList& files) { recover(files.front().toStdString()); });
}

void CareController::offerRecovery(const std::filesystem::path& file, const QString& sentence) {
    ask(m_window, sentence,
        tr("What can be read of it can be written into a new project beside it, %1. The damaged file stays "
           "as "
           "it is.")
            .arg(nameOf(project::recoveredNameFor(file))),
        tr("Recover what can be read"), tr("Not now"), [this, file] { recover(file); });
}

void CareController::recover(const std::filesystem::path& damaged) {
    const auto what = tr("Recover");
    std::error_code none;
    const auto* session = m_workspace.session();
    if (session != nullptr && std::filesystem::equivalent(session->project().file(), damaged, none)) {
        Q_EMIT m_workspace.problem(what, tr("%1 is open here, so it can be read. Save a copy of it, or close "
                                            "it first.")
                                             .arg(nameOf(damaged)));
        return;
    }
    const auto target = project::recoveredNameFor(damaged);
    m_workspace.jobs().start<std::vector<std::string>>(
        what, jobs::Lane::Background,
        [damaged, target](const Progress& progress) {
            return project::recoverFile(damaged, target, progress);
        },
        {.succeeded =
             [this, what, damaged, target](std::vector<std::string>& sentences) {
                 Report report;
                 report.title = what;
                 report.headline =
                     tr("What can be read of %1 is in %2.").arg(nameOf(damaged), nameOf(target));
                 for (const std::string& sentence : sentences) {
                     report.lines.push_back({text(sentence)});
                 }
                 report.footer = tr("Both lie in %1; the damaged file is as it was.")
                                     .arg(text(target.parent_path().string()));
                 report.goOnText = tr("Open it");
                 report.goOn = [this, target] { m_projects.open(target); };
                 showReport(m_window, report);
             },
         .failed = {},
         .cancelled = {}});
}

} // namespace nunatak::ui::care
