// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/session/saving_notice.h"

#include "ui/base/format.h"
#include "ui/base/messages.h"
#include "ui/session/workspace.h"

#include <QApplication>

#include <QWidget>
#include <chrono>

namespace nunatak::ui::session {

SavingNotice::SavingNotice(Workspace& workspace, QWidget* window)
    : QObject(window), m_workspace(workspace), m_window(window) {
    // Another program that writes for a moment is no trouble worth a dialog.
    m_patience.setInterval(std::chrono::milliseconds(1500));
    m_patience.setSingleShot(true);
    connect(&m_patience, &QTimer::timeout, this, &SavingNotice::tell);
    connect(&m_workspace, &Workspace::sessionStarted, this, [this] {
        connect(m_workspace.session(), &Session::savingChanged, this, &SavingNotice::look);
        look();
    });
    connect(&m_workspace, &Workspace::sessionEnded, this, &SavingNotice::look);
}

void SavingNotice::look() {
    const auto* session = m_workspace.session();
    // Saved, and a problem all the same: into another file, for the project's own is gone, or another program
    // wrote as well.
    const bool isFine =
        session == nullptr || (session->project().isSaved() && session->project().savingProblem().empty());
    if (isFine) {
        m_patience.stop();
        m_told = false;
    } else if (!m_told && !m_patience.isActive() && !session->project().savingProblem().empty()) {
        m_patience.start();
    }
}

void SavingNotice::tell() {
    const auto* session = m_workspace.session();
    const auto problem = session == nullptr ? QString() : text(session->project().savingProblem());
    if (problem.isEmpty()) {
        return;
    }
    if (QApplication::activeModalWidget() != nullptr) {
        m_patience.start(); // one dialog at a time; the one that waits while closing tells it too
        return;
    }
    m_told = true;
    if (session->project().isSaved()) {
        showProblem(m_window, tr("The project file"), problem);
        return;
    }
    showProblem(
        m_window, tr("Not saved yet"),
        tr("%1 Your edits are kept and will be saved as soon as that is possible again.").arg(problem));
}

} // namespace nunatak::ui::session
