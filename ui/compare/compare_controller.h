// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

namespace nunatak::ui::session {
class Workspace;
} // namespace nunatak::ui::session

namespace nunatak::ui::compare {

class ComparisonPanel;

/// Runs the comparison that the panel asks for.
class CompareController : public QObject {
    Q_OBJECT

public:
    CompareController(session::Workspace& workspace, ComparisonPanel& panel, QObject* parent);

    void compare();
    bool isRunning() const { return m_running; }
    /// Offers the layers there are now.
    void refreshLayers();

private:
    void setRunning(bool running);

    session::Workspace& m_workspace;
    ComparisonPanel& m_panel;
    bool m_running = false;
};

} // namespace nunatak::ui::compare
