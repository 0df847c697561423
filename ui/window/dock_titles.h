// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

#include <vector>

class QDockWidget;
class QMainWindow;

namespace nunatak::ui::window {

/// Says each panel's title once: panels that share a place have it on their tabs, so their own bar goes, and
/// comes back when they stand or float alone. Tabs can be dragged away as the bar can.
class DockTitles : public QObject {
    Q_OBJECT

public:
    explicit DockTitles(QMainWindow& window);

    void watch(QDockWidget& dock);

private:
    void updateSoon();
    void update();

    QMainWindow& m_window;
    std::vector<QDockWidget*> m_docks;
    bool m_isDue = false;
};

} // namespace nunatak::ui::window
