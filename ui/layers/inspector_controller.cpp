// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/layers/inspector_controller.h"

#include "geo/shape_operations.h"
#include "ui/base/format.h"
#include "ui/layers/inspector_panel.h"
#include "ui/session/workspace.h"

namespace nunatak::ui::layers {

using session::SelectionModel;
using session::Workspace;

InspectorController::InspectorController(Workspace& workspace, InspectorPanel& panel)
    : m_workspace(workspace), m_panel(panel) {
    connect(&m_workspace.selection(), &SelectionModel::changed, this, &InspectorController::show);
    connect(&m_workspace.selection(), &SelectionModel::edited, this, &InspectorController::show);
    connect(&m_workspace, &Workspace::sessionEnded, this, &InspectorController::show);
}

void InspectorController::show() {
    const auto selected = m_workspace.selection().current();
    const auto outline = selected ? m_workspace.session()->outline(*selected) : nullptr;
    if (outline == nullptr) {
        m_panel.clear();
        return;
    }
    m_workspace.attempt(tr("Measure the glacier"), [&] {
        const auto& session = *m_workspace.session();
        m_panel.showOutline(*outline, text(outlines::titleOf(session.project().layer(selected->layer))),
                            geo::geodesicArea(outline->geometry, session.crs()),
                            session.sceneName(outline->sceneId), outline->review);
    });
}

} // namespace nunatak::ui::layers
