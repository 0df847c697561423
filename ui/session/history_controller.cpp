// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/session/history_controller.h"

#include "ui/session/workspace.h"

#include <QPointer>

namespace nunatak::ui::session {

HistoryController::HistoryController(Workspace& workspace) : m_workspace(workspace) {
    connect(&m_workspace, &Workspace::sessionStarted, this, [this] {
        connect(m_workspace.session(), &Session::outlinesChanged, this, &HistoryController::changed);
        connect(m_workspace.session(), &Session::layersChanged, this, &HistoryController::changed);
        Q_EMIT changed();
    });
    connect(&m_workspace, &Workspace::sessionEnded, this, &HistoryController::changed);
}

void HistoryController::undo() {
    step(tr("Undo"), m_workspace.session()->project().isUndoAtHand(), &project::Project::planUndo);
}

void HistoryController::redo() {
    step(tr("Redo"), m_workspace.session()->project().isRedoAtHand(), &project::Project::planRedo);
}

void HistoryController::step(const QString& what, bool isAtHand,
                             std::function<project::StepBack()> (project::Project::*plan)() const) {
    if (m_isStepping) {
        return; // the step before is still being read
    }
    const QPointer<Session> session = m_workspace.session();
    const auto take = [this, session, what](project::StepBack& back) {
        m_isStepping = false;
        if (session != nullptr) {
            m_workspace.attempt(what, [&] { session->project().take(std::move(back)); });
        }
    };
    m_workspace.attempt(what, [&] {
        const auto work = (session->project().*plan)();
        if (isAtHand) {
            auto back = work();
            take(back);
            return;
        }
        m_isStepping = true;
        m_workspace.jobs().start<project::StepBack>(
            what, jobs::Lane::Background, [work](const Progress&) { return work(); },
            {.succeeded = take,
             .failed =
                 [this, session, what](const QString& sentence) {
                     m_isStepping = false;
                     if (session != nullptr) { // else the project was closed meanwhile
                         Q_EMIT m_workspace.problem(what, sentence);
                     }
                 },
             .cancelled = [this] { m_isStepping = false; }},
            JobQueue::Shown::Silently);
    });
}

} // namespace nunatak::ui::session
