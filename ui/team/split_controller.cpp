// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/team/split_controller.h"

#include "base/counted.h"
#include "base/error.h"
#include "ui/base/format.h"
#include "ui/base/owned.h"
#include "ui/base/report_dialog.h"
#include "ui/session/workspace.h"
#include "ui/team/split_dialog.h"

#include <functional>
#include <map>
#include <set>
#include <utility>

namespace nunatak::ui::team {

using session::Session;
using session::Workspace;
using tasks::SplitDone;

namespace {

/// Attributes by which glaciers can be shared out: of a few values, each of which several have.
QStringList sharingAttributes(const outlines::OutlineSet& glaciers) {
    constexpr std::size_t mostParts = 60;
    std::map<std::string, std::set<std::string>> values;
    for (const auto& glacier : glaciers.all()) {
        for (const auto& [name, value] : glacier->attributes) {
            if (auto& known = values[name]; known.size() <= mostParts) {
                known.insert(value.text());
            }
        }
    }
    QStringList names;
    for (const auto& [name, known] : values) {
        if (known.size() > 1 && known.size() <= mostParts && known.size() < glaciers.size()) {
            names << text(name);
        }
    }
    return names;
}

} // namespace

SplitController::SplitController(Workspace& workspace, UserSettings& settings, QWidget* window)
    : QObject(window), m_workspace(workspace), m_settings(settings), m_window(window) {
    connect(&m_workspace, &Workspace::sessionEnding, this, [this] {
        if (m_dialog != nullptr) {
            m_dialog->close();
        }
    });
}

void SplitController::ask() {
    const auto* session = m_workspace.session();
    if (session == nullptr) {
        return;
    }
    if (m_dialog != nullptr) { // it waits for what comes of it
        Q_EMIT m_workspace.problem(
            tr("Split for experts"),
            tr("The experts' projects are being made. Wait for them, or stop that first."));
        return;
    }
    const auto inventory = session->inventory();
    const auto glaciers = inventory ? session->project().outlines(inventory->name) : outlines::OutlineSet{};
    if (glaciers.size() < 2) {
        Q_EMIT m_workspace.problem(
            tr("Split for experts"),
            inventory ? tr("The inventory has fewer than two glaciers, so there is nothing to share out.")
                      : tr("The project has no inventory, whose glaciers could be shared out. Start one "
                           "(Glaciers › Start inventory from layer)."));
        return;
    }
    m_inventory = inventory->name;
    const auto& file = session->project().file();
    m_dialog =
        owned<SplitDialog>(m_settings, file, text(file.parent_path().string()), sharingAttributes(glaciers),
                           static_cast<int>(glaciers.size()), tasks::rastersBeside(file).bytes, m_window);
    m_dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(m_dialog, &SplitDialog::choiceChanged, this, &SplitController::look);
    connect(m_dialog, &SplitDialog::splitRequested, this, &SplitController::split);
    m_dialog->open();
    look();
}

void SplitController::look() {
    const auto* session = m_workspace.session();
    if (session == nullptr || m_dialog == nullptr) {
        return;
    }
    const int mine = ++m_asked;
    const auto choice = m_dialog->choice();
    const bool lacksFile = choice.file.empty() && (choice.by == tasks::SharedOutBy::List ||
                                                   choice.by == tasks::SharedOutBy::Regions);
    const bool lacksField = choice.by == tasks::SharedOutBy::Attribute && choice.field.empty();
    if (lacksFile || lacksField) {
        m_dialog->showProblem(lacksFile ? tr("Choose the file.")
                                        : tr("The glaciers have no attribute by which they could be shared "
                                             "out: one with a few values."));
        return;
    }
    m_dialog->showLooking();
    m_workspace.jobs().start<SharePreview>(
        tr("Split for experts"), jobs::Lane::Background,
        [glaciers = session->project().outlines(m_inventory), crs = session->crs(),
         choice](const Progress& progress) { return sharePreview(glaciers, crs, choice, progress); },
        {.succeeded =
             [this, mine](SharePreview& preview) {
                 if (m_dialog != nullptr && mine == m_asked) {
                     m_dialog->showPreview(std::move(preview));
                 }
             },
         .failed =
             [this, mine](const QString& sentence) {
                 if (m_dialog != nullptr && mine == m_asked) {
                     m_dialog->showProblem(sentence);
                 }
             },
         .cancelled = {}},
        session::JobQueue::Shown::Silently);
}

void SplitController::split() {
    const auto* session = m_workspace.session();
    if (session == nullptr || m_dialog == nullptr) {
        return;
    }
    const auto what = tr("Split for experts");
    std::function<SplitDone(const Progress&)> plan;
    const bool isPlanned = m_workspace.attempt(what, [&] {
        plan = tasks::planShare(session->project(), m_inventory, m_dialog->parts(), m_dialog->folder(),
                                m_dialog->rasters());
    });
    if (!isPlanned) {
        return;
    }
    // It comes again with all that was typed where nothing comes of it; meanwhile the work can be stopped.
    m_dialog->hide();
    const auto askAgain = [this] {
        if (m_dialog != nullptr) {
            m_dialog->open();
        }
    };
    m_workspace.jobs().start<SplitDone>(what, jobs::Lane::Background, std::move(plan),
                                        {.succeeded =
                                             [this](SplitDone& done) {
                                                 if (m_dialog != nullptr) {
                                                     m_dialog->close();
                                                 }
                                                 show(done);
                                             },
                                         .failed =
                                             [this, what, askAgain](const QString& sentence) {
                                                 askAgain();
                                                 Q_EMIT m_workspace.problem(what, sentence);
                                             },
                                         .cancelled = askAgain});
}

void SplitController::show(const SplitDone& done) {
    Report report;
    report.title = tr("Split for experts");
    report.headline = tr("%1 projects are made, one for each expert.").arg(done.parts.size());
    for (const auto& part : done.parts) {
        report.lines.push_back(
            {text(part.file.filename().string()),
             text(counted(static_cast<long long>(part.glaciers), "glacier")) +
                 (part.neighbours == 0
                      ? QString()
                      : tr(", and %1 of others beside them to look at").arg(part.neighbours))});
    }
    for (const auto& sentence : done.sentences) {
        report.lines.push_back({text(sentence)});
    }
    report.footer = done.parts.empty() ? QString()
                                       : tr("They lie in %1. Give each expert their file; when they bring it "
                                            "back, File › Join others' work "
                                            "(Ctrl+J) takes what they did into this project.")
                                             .arg(text(done.parts.front().file.parent_path().string()));
    showReport(m_window, report);
}

} // namespace nunatak::ui::team
