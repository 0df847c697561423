// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/editing/editing_controller.h"

#include "base/error.h"
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
    : m_workspace(workspace), m_layers(layers), m_scene(workspace, view, layers.stack()),
      m_tools(view, m_scene,
              {[this](const nunatak::editing::Edit& edit) { return commit(edit); },
               [this](const tools::Selection& selection) { select(selection); }, [&steps] { steps.undo(); }},
              tools::toolTable()) {
    connect(&m_workspace, &Workspace::sessionStarted, this, [this] {
        // What a hand holds may be another one now.
        connect(m_workspace.session(), &Session::outlinesChanged, &m_tools, &ToolHost::cancel);
        connect(m_workspace.session(), &Session::layersChanged, &m_tools, &ToolHost::cancel);
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
    connect(&m_tools, &ToolHost::lockedTaken, this, &EditingController::offerInventory);
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
    return m_workspace.attempt(text(edit.description), [&] {
        const auto picture = session->scene() != nullptr ? session->scene()->scene().id : std::string();
        const auto committed = session->project().commit(edit, {picture});
        if (committed.outcome == project::Committed::Outcome::OutsideEpoch) {
            throw Error(committed.sentence);
        }
    });
}

void EditingController::offerInventory(const outlines::OutlineRef& reference) {
    const auto& project = m_workspace.session()->project();
    if (project.isReadOnly()) {
        return;
    }
    const auto layer = text(outlines::titleOf(project.layer(reference.layer)));
    const bool isThere = !project.inventories().empty();
    m_tools.offer(isThere ? tr("%1 is a reference. What is edited is the inventory.").arg(layer)
                          : tr("%1 is a reference, and there is no inventory yet.").arg(layer),
                  isThere ? tr("Select it there") : tr("Start inventory from it"), [this, reference] {
                      m_workspace.attempt(tr("Start inventory"), [&] {
                          const auto target = m_workspace.session()->editable(reference);
                          m_layers.showLayer(text(target.layer));
                          m_workspace.selection().select(target);
                      });
                  });
}

} // namespace nunatak::ui::editing
