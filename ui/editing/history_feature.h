// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "geo/polygon.h"
#include "ui/session/history_places.h"

#include <QObject>

#include <cstdint>

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

class ToolHost;

/// The history as the window has it: the panel, the way to where a step was made, and what is said of a step
/// that was taken back.
class HistoryFeature : public QObject {
    Q_OBJECT

public:
    HistoryFeature(session::Shell& shell, session::Workspace& workspace, viewport::Viewport& viewport,
                   session::HistoryController& steps, ToolHost& tools);

private:
    void follow();
    void filter(bool onlyOfSelected);
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
    session::HistoryPlaces m_places;
};

} // namespace nunatak::ui::editing
