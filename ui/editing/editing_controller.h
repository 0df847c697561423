// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/editing/project_scene.h"
#include "ui/editing/tool_host.h"

#include <QObject>

namespace nunatak::ui::layers {
class LayerController;
} // namespace nunatak::ui::layers

namespace nunatak::ui::session {
class HistoryController;
} // namespace nunatak::ui::session

namespace nunatak::ui::editing {

/// Editing of the open project: joins the host of the tools with project, selection and history.
class EditingController : public QObject {
    Q_OBJECT

public:
    /// All of them outlive it.
    EditingController(session::Workspace& workspace, viewport::Viewport& view,
                      layers::LayerController& layers, session::HistoryController& steps);

    ToolHost& tools() { return m_tools; }

Q_SIGNALS:
    /// Why what is selected cannot be changed.
    void hint(const QString& reason);

private:
    bool commit(const nunatak::editing::Edit& edit);
    void select(const tools::Selection& selection);
    void follow();
    void offerInventory(const outlines::OutlineRef& reference);

    session::Workspace& m_workspace;
    layers::LayerController& m_layers;
    ProjectScene m_scene;
    ToolHost m_tools;
};

} // namespace nunatak::ui::editing
