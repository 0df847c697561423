// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/layers/inspector_controller.h"

#include "geo/shape_operations.h"
#include "ui/base/format.h"
#include "ui/layers/inspector_panel.h"
#include "ui/session/workspace.h"

namespace nunatak::ui::layers {

using session::SelectionModel;
using session::Workspace;

namespace {

/// Vertices that are measured on the ellipsoid before anybody could notice; of more a worker does it.
constexpr std::size_t mostAtOnce = 2000;

} // namespace

InspectorController::InspectorController(Workspace& workspace, InspectorPanel& panel)
    : m_workspace(workspace), m_panel(panel) {
    connect(&m_workspace.selection(), &SelectionModel::changed, this, &InspectorController::show);
    connect(&m_workspace.selection(), &SelectionModel::edited, this, &InspectorController::show);
    connect(&m_workspace, &Workspace::sessionEnded, this, &InspectorController::show);
}

void InspectorController::show() {
    if (m_measuring != nullptr) {
        m_measuring->cancel();
        m_measuring.reset();
    }
    const auto selected = m_workspace.selection().current();
    const auto outline = selected ? m_workspace.session()->outline(*selected) : nullptr;
    if (outline == nullptr) {
        m_panel.clear();
        return;
    }
    m_workspace.attempt(tr("Measure the glacier"), [&] {
        const auto& session = *m_workspace.session();
        const bool isLong = outline->vertices() > mostAtOnce;
        m_panel.showOutline(*outline, text(outlines::titleOf(session.project().layer(selected->layer))),
                            isLong ? std::nullopt
                                   : std::optional(geo::geodesicArea(outline->geometry, session.crs())),
                            session.sceneName(outline->sceneId), outline->review);
        if (isLong) {
            measure(outline);
        }
    });
}

void InspectorController::measure(const outlines::OutlineHandle& outline) {
    const auto what = tr("Measure the glacier");
    m_measuring = m_workspace.jobs().start<double>(
        what, jobs::Lane::Background,
        [outline, crs = m_workspace.session()->crs()](const Progress&) {
            return geo::geodesicArea(outline->geometry, crs);
        },
        {.succeeded =
             [this, uuid = text(outline->uuid)](double& area) {
                 m_measuring.reset();
                 m_panel.showArea(uuid, area);
             },
         .failed = {},
         .cancelled = {}},
        session::JobQueue::Shown::Silently);
}

} // namespace nunatak::ui::layers
