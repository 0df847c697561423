// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/session/shell.h"
#include "ui/window/dock_titles.h"
#include "ui/window/menus.h"

#include <QObject>

#include <vector>

class QMainWindow;

namespace nunatak::ui::session {
class Workspace;
} // namespace nunatak::ui::session

namespace nunatak::ui::window {

/// Puts what features announce into the window: actions into menus, panels into docks, sentences into the
/// status bar.
class WindowShell : public QObject, public session::Shell {
    Q_OBJECT

public:
    WindowShell(QMainWindow& window, const Menus& menus, session::Workspace& workspace,
                UserSettings& settings);

    QWidget& window() override;
    UserSettings& settings() override { return m_settings; }
    QAction* addAction(session::MenuPlace place, session::Needs needs, const ActionDescription& description,
                       std::function<void()> triggered) override;
    QAction* addAction(QMenu& menu, session::Needs needs, const ActionDescription& description,
                       std::function<void()> triggered) override;
    QMenu* addMenu(session::MenuPlace place, const char* icon, const QString& title) override;
    QAction* action(const char* name) const override;
    QDockWidget* addDock(const session::DockDescription& description, QWidget* content) override;
    void show(QDockWidget* dock) override;
    void say(const QString& sentence) override;

private:
    QAction* add(QMenu& menu, QAction* before, session::Needs needs, const ActionDescription& description,
                 std::function<void()> triggered);
    void update();

    QMainWindow& m_window;
    DockTitles m_titles;
    Menus m_menus;
    session::Workspace& m_workspace;
    UserSettings& m_settings;
    struct Announced {
        QAction* action;
        session::Needs needs;
    };
    std::vector<Announced> m_actions;
};

} // namespace nunatak::ui::window
