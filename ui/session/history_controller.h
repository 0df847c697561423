// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "project/project.h"

#include <QObject>
#include <QString>

#include <cstdint>
#include <functional>

class QWidget;

namespace nunatak::ui::session {

class Workspace;

/// Steps back and forth in the history of the open project. What would take an import or a prediction away is
/// asked first.
class HistoryController : public QObject {
    Q_OBJECT

public:
    HistoryController(Workspace& workspace, QWidget* window);

    void undo();
    void redo();
    /// Takes back all that is in effect and was done after this step.
    void goBackTo(std::int64_t step);

Q_SIGNALS:
    /// There is another step to take back or to do again, or none any more.
    void changed();
    /// What was taken back, and where (project CRS, may be empty).
    void tookBack(const QString& description, const nunatak::geo::Extent& extent);
    void didAgain(const QString& description, const nunatak::geo::Extent& extent);

private:
    using Told = void (HistoryController::*)(const QString&, const geo::Extent&);

    /// `before`: so many were taken back already, of the same wish.
    void undoSteps(int count, int before = 0);
    /// What has to be read first is read on a worker. `then` follows when it was done.
    void step(const QString& what, bool isAtHand,
              std::function<project::StepBack()> (project::Project::*plan)() const,
              const QString& description, Told told, std::function<void()> then = {});

    Workspace& m_workspace;
    QWidget* m_window;
    bool m_isStepping = false; ///< a step is being read
};

} // namespace nunatak::ui::session
