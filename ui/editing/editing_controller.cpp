// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/editing/editing_controller.h"

#include "outlines/outline_name.h"
#include "ui/base/format.h"
#include "ui/layers/layer_controller.h"
#include "ui/session/history_controller.h"
#include "ui/session/workspace.h"

namespace nunatak::ui::editing {

using session::SelectionModel;
using session::Session;
using session::Workspace;

EditingController::EditingController(Workspace& workspace, viewport::Viewport& view,
                                     layers::LayerController& layers, session::HistoryController& steps)
    : m_workspace(workspace), m_scene(workspace, view, layers.stack()),
      m_tools(view, m_scene,
              {[this](const nunatak::editing::Edit& edit) { return commit(edit); },
               [this](const tools::Selection& selection) { select(selection); }, [&steps] { steps.undo(); }},
              tools::toolTable()) {
    connect(&m_workspace, &Workspace::sessionStarted, this, [this] {
        // What a hand holds may be another one now.
        connect(m_workspace.session(), &Session::outlinesChanged, &m_tools, &ToolHost::cancel);
        connect(m_workspace.session(), &Session::layersChanged, &m_tools, &ToolHost::cancel);
        m_tools.refresh();
    });
    connect(&m_workspace, &Workspace::sessionEnding, &m_tools, &ToolHost::cancel);
    connect(&m_workspace.selection(), &SelectionModel::changed, this, [this] {
        follow();
        const auto* session = m_workspace.session();
        if (session != nullptr && !m_scene.selection().empty() && session->project().isReadOnly()) {
            Q_EMIT hint(session->readOnlySentence()); // or a drag that moves nothing is a riddle
        }
    });
    connect(&m_workspace.selection(), &SelectionModel::edited, this, &EditingController::follow);
    connect(&m_tools, &ToolHost::lockedTaken, this, &EditingController::referenceTaken);
}

void EditingController::follow() {
    // Vertices are named by numbers, which may be others' now.
    m_scene.setSelection({m_workspace.selection().outlines(), {}});
    m_tools.refresh();
}

void EditingController::select(const tools::Selection& selection) {
    m_workspace.selection().select(selection.outlines);
    const auto& outlines = m_workspace.selection().outlines();
    m_scene.setSelection(
        {outlines, outlines.size() == 1 ? selection.vertices : std::vector<geo::VertexId>()});
    m_tools.refresh();
}

bool EditingController::commit(const nunatak::editing::Edit& edit) {
    auto* session = m_workspace.session();
    const auto picture = session->scene();
    bool isDone = false;
    m_workspace.attempt(text(edit.description), [&] {
        const auto committed =
            session->project().commit(edit, {picture != nullptr ? picture->scene().id : std::string()});
        isDone = committed.outcome != project::Committed::Outcome::OutsideEpoch;
        if (!isDone) {
            const auto& first = edit.changes.front();
            Q_EMIT outsideEpoch(text(committed.sentence),
                                {first.layer, first.before ? first.before->uuid : first.after->uuid});
        }
    });
    if (isDone && picture != nullptr) {
        tellDates(edit, picture->scene().date);
    }
    return isDone;
}

void EditingController::tellDates(const nunatak::editing::Edit& edit, const std::string& picture) {
    for (const auto& change : edit.changes) {
        const bool isDrawn =
            change.before && change.after && change.before->geometry != change.after->geometry;
        const auto now =
            isDrawn ? m_workspace.session()->outline({change.layer, change.after->uuid}) : nullptr;
        if (now != nullptr && now->srcDate == picture && change.before->srcDate != picture) {
            const auto date = [](const std::string& known) {
                return known.empty() ? tr("an unknown date") : text(known);
            };
            Q_EMIT redated(
                tr("%1 is of %2 now, as the picture, instead of %3.")
                    .arg(text(outlines::nameInSentence(*now)), date(picture), date(change.before->srcDate)));
            return;
        }
    }
}

} // namespace nunatak::ui::editing
