// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

namespace nunatak::ui::session {
class Workspace;
} // namespace nunatak::ui::session

namespace nunatak::ui::layers {

class InspectorPanel;

/// Shows the facts of the selected glacier.
class InspectorController : public QObject {
    Q_OBJECT

public:
    InspectorController(session::Workspace& workspace, InspectorPanel& panel);

private:
    void show();

    session::Workspace& m_workspace;
    InspectorPanel& m_panel;
};

} // namespace nunatak::ui::layers
