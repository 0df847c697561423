// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "geo/polygon.h"
#include "jobs/job.h"
#include "project/outline_past.h"
#include "ui/session/history_places.h"

#include <QObject>

#include <cstdint>
#include <functional>
#include <memory>

class QString;

namespace nunatak::ui::session {
class HistoryController;
class HistoryPanel;
class Shell;
class Workspace;
} // namespace nunatak::ui::session

namespace nunatak::ui::viewport {
class Viewport;
} // namespace nunatak::ui::viewport

namespace nunatak::ui::editing {

class DeletedController;
class ToolHost;

/// The history as the window has it: the panel, the way to where a step was made, what is said of a step that
/// was taken back, what a glacier was and can be
/// again, and what was deleted.
class HistoryFeature : public QObject {
    Q_OBJECT

public:
    HistoryFeature(session::Shell& shell, session::Workspace& workspace, viewport::Viewport& viewport,
                   session::HistoryController& steps, ToolHost& tools);
    ~HistoryFeature() override;

private:
    void follow();
    void filter(bool onlyOfSelected);
    void followSelection();
    /// Asks when the selected glacier was as it shall be again.
    void askForRevert();
    /// Reads what the selected glacier was, on a worker.
    void readPast(const QString& what, std::function<void(const project::OutlinePast&)> then);
    void flyTo(std::int64_t step);
    /// A step was taken back or done again, with the way back; that it lies outside the view is told, too.
    /// @param sentence with places for the step and for where it lies
    void tell(const QString& sentence, const QString& step, const geo::Extent& where, const QString& button,
              void (session::HistoryController::*way)());

    session::Shell& m_shell;
    session::Workspace& m_workspace;
    viewport::Viewport& m_viewport;
    session::HistoryController& m_steps;
    ToolHost& m_tools;
    session::HistoryPanel* m_panel; ///< the dock's
    std::unique_ptr<DeletedController> m_deleted;
    session::HistoryPlaces m_places;
    std::shared_ptr<jobs::Job> m_reading; ///< what a glacier was
    bool m_isOfGlacier = false;           ///< the panel shows steps of the selected glacier alone
};

} // namespace nunatak::ui::editing
