// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "project/project.h"

#include <QObject>

#include <functional>

namespace nunatak::ui::session {

class Workspace;

/// One step back or forth in the history of the open project.
class HistoryController : public QObject {
    Q_OBJECT

public:
    explicit HistoryController(Workspace& workspace);

    void undo();
    void redo();

Q_SIGNALS:
    /// There is another step to take back or to do again, or none any more.
    void changed();

private:
    /// What has to be read first is read on a worker.
    void step(const QString& what, bool isAtHand,
              std::function<project::StepBack()> (project::Project::*plan)() const);

    Workspace& m_workspace;
    bool m_isStepping = false; ///< a step is being read
};

} // namespace nunatak::ui::session
