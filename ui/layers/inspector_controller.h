// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "jobs/job.h"
#include "outlines/outline.h"

#include <QObject>

#include <memory>

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
    void measure(const outlines::OutlineHandle& outline);

    session::Workspace& m_workspace;
    InspectorPanel& m_panel;
    std::shared_ptr<jobs::Job> m_measuring; ///< the area of a long outline
};

} // namespace nunatak::ui::layers
