// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/editing/deleted_controller.h"

#include "editing/bring_back.h"
#include "ui/base/format.h"
#include "ui/base/owned.h"
#include "ui/editing/tool_host.h"
#include "ui/session/workspace.h"
#include "ui/viewport/clear_framing.h"
#include "ui/viewport/viewport.h"

#include <algorithm>
#include <utility>
#include <vector>

namespace nunatak::ui::editing {

using project::GoneOutline;
using session::Session;
using session::Workspace;

namespace {

const QString shownLayer = QStringLiteral("deleted glaciers");

} // namespace

DeletedController::DeletedController(Workspace& workspace, viewport::Viewport& viewport, ToolHost& tools,
                                     QWidget* window)
    : QObject(window), m_workspace(workspace), m_viewport(viewport), m_tools(tools), m_window(window) {
    connect(&workspace, &Workspace::sessionStarted, this, [this] {
        connect(m_workspace.session(), &Session::stepped, this, [this] {
            // Later: to read waits for the step to be saved, and that waits for who is told of it.
            QMetaObject::invokeMethod(
                this,
                [this] {
                    if (m_dialog != nullptr && m_workspace.session() != nullptr) {
                        read();
                    }
                },
                Qt::QueuedConnection);
        });
    });
    connect(&workspace, &Workspace::sessionEnding, this, [this] {
        if (m_dialog != nullptr) {
            m_dialog->close();
        }
    });
}

void DeletedController::open() {
    if (m_workspace.session() == nullptr || m_tools.refusesWhileBegun()) {
        return;
    }
    m_layer = m_tools.scene().editedLayer();
    if (m_layer.empty()) {
        Q_EMIT m_workspace.problem(tr("Deleted glaciers"),
                                   tr("The project has no layer that is edited, so nothing was deleted of "
                                      "it. Start an inventory (Glaciers › Start inventory from layer)."));
        return;
    }
    if (m_dialog == nullptr) {
        m_dialog = owned<DeletedDialog>(m_window);
        m_dialog->setAttribute(Qt::WA_DeleteOnClose);
        connect(m_dialog, &DeletedDialog::chosenChanged, this, &DeletedController::showChosen);
        connect(m_dialog, &DeletedDialog::bringBackRequested, this, &DeletedController::bringBack);
        connect(m_dialog, &QDialog::finished, this, [this] { m_viewport.removeLayer(shownLayer); });
    }
    read();
}

void DeletedController::read() {
    const QPointer<Session> session = m_workspace.session();
    const auto what = tr("Deleted glaciers");
    if (m_reading != nullptr) {
        m_reading->cancel();
    }
    m_workspace.attempt(what, [&] {
        m_reading = m_workspace.jobs().start<std::vector<GoneOutline>>(
            what, jobs::Lane::Aside,
            [plan = project::planGone(session->project(), m_layer)](const Progress&) {
                auto gone = plan();
                // What was drawn and taken back was deleted by nobody.
                std::erase_if(gone, [](const GoneOutline& one) { return one.removed.undoes != 0; });
                return gone;
            },
            {.succeeded =
                 [this, session](std::vector<GoneOutline>& gone) {
                     if (session != nullptr && m_dialog != nullptr) {
                         m_dialog->setGone(session->titleOf(text(m_layer)), std::move(gone),
                                           !session->project().isReadOnly());
                         m_dialog->show();
                     }
                 },
             .failed = [this, what](const QString& sentence) { Q_EMIT m_workspace.problem(what, sentence); },
             .cancelled = {}},
            session::JobQueue::Shown::Silently);
    });
}

void DeletedController::showChosen(bool isFlownTo) {
    const auto chosen = m_dialog->chosen();
    if (chosen.empty()) {
        m_viewport.removeLayer(shownLayer);
        return;
    }
    viewport::LayerStyle style{QColor(255, 80, 80), 3, true};
    style.isReference = true; // dashed: it is only looked at
    m_viewport.setLayer(shownLayer, chosen, style);
    if (!isFlownTo) {
        return;
    }
    geo::Extent extent;
    for (const auto& outline : chosen) {
        extent.include(outline->extent());
    }
    viewport::frameClear(m_viewport, extent);
}

void DeletedController::bringBack() {
    const auto chosen = m_dialog->chosen();
    if (chosen.empty() || m_tools.refusesWhileBegun()) {
        return;
    }
    using nunatak::editing::Edit;
    m_dialog->setBusy(true);
    const auto end = [this](const QString& sentence) {
        if (m_dialog != nullptr) {
            m_dialog->setBusy(false);
            m_dialog->say(sentence);
        }
    };
    m_workspace.jobs().start<Edit>(
        tr("Bring back"), jobs::Lane::Aside,
        [layers = m_tools.scene().snapshot(m_layer), layer = m_layer, chosen](const Progress&) {
            nunatak::editing::EdgeIndices indices;
            return nunatak::editing::bringBack({layers, indices}, layer, chosen);
        },
        {.succeeded =
             [this, end, revision = m_tools.scene().revision()](Edit& edit) {
                 if (m_dialog == nullptr) {
                     return;
                 }
                 end({});
                 if (revision != m_tools.scene().revision()) {
                     bringBack(); // others may have its ground since
                     return;
                 }
                 m_tools.carryOut([&edit](const tools::Scene&) {
                     tools::Proposal proposal;
                     proposal.done = text(edit.description) + QLatin1Char('.');
                     proposal.edit = std::move(edit);
                     return proposal;
                 });
             },
         .failed = end,
         .cancelled = [end] { end({}); }},
        session::JobQueue::Shown::Silently);
}

} // namespace nunatak::ui::editing
