// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "jobs/job.h"
#include "ui/editing/deleted_dialog.h"

#include <QObject>
#include <QPointer>

#include <memory>
#include <string>

namespace nunatak::ui::session {
class Workspace;
} // namespace nunatak::ui::session

namespace nunatak::ui::viewport {
class Viewport;
} // namespace nunatak::ui::viewport

namespace nunatak::ui::editing {

class ToolHost;

/// The list of what was deleted of the layer that is edited: what is chosen in it is drawn where it was, and
/// flown to, and brought back.
class DeletedController : public QObject {
    Q_OBJECT

public:
    DeletedController(session::Workspace& workspace, viewport::Viewport& viewport, ToolHost& tools,
                      QWidget* window);

    void open();

private:
    /// Reads what is gone, on a worker.
    void read();
    void showChosen(bool isFlownTo);
    void bringBack();

    session::Workspace& m_workspace;
    viewport::Viewport& m_viewport;
    ToolHost& m_tools;
    QWidget* m_window;
    QPointer<DeletedDialog> m_dialog;
    std::string m_layer;                  ///< whose list it is
    std::shared_ptr<jobs::Job> m_reading; ///< what is gone
};

} // namespace nunatak::ui::editing
