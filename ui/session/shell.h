// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/base/action_factory.h"

#include <Qt>

#include <functional>

class QAction;
class QDockWidget;
class QMenu;
class QString;
class QWidget;

namespace nunatak::ui {
class UserSettings;
} // namespace nunatak::ui

namespace nunatak::ui::session {

/// Where in the menus an action stands; in one place in the order in which they were announced.
enum class MenuPlace {
    Scenes,   ///< of the menu File: where work begins
    Outlines, ///< of the menu File: what comes in and goes out
    Pictures, ///< of the menu File
    Review,   ///< of the menu Edit
    Looking,  ///< of the menu View, as the next two: where and when one looks
    Painted,  ///< what the ground is painted with
    Shown,    ///< what is drawn over the picture
    Dates,    ///< of the menu Glaciers, as the next two
    Glaciers,
    Models
};

/// What must be there for an action to be possible.
enum class Needs { Nothing, Project, WritableGlacier };

struct DockDescription {
    const char* name; ///< its object name
    QString title;
    Qt::DockWidgetArea area;
    int key; ///< Alt and this digit show and hide it; 10: Ctrl and F9; 11: Ctrl and R; 12: no key
};

/// The window as a room sees it that announces a feature: its actions, its panel, its sentences. Everything
/// of a feature is said to it in one place.
class Shell {
public:
    virtual ~Shell() = default;

    /// Parent of dialogs.
    virtual QWidget& window() = 0;
    virtual UserSettings& settings() = 0;

    /// Enabled and disabled as `needs` says, each time the project or the selection becomes another.
    virtual QAction* addAction(MenuPlace place, Needs needs, const ActionDescription& description,
                               std::function<void()> triggered) = 0;
    /// The same at the end of a menu that was announced.
    virtual QAction* addAction(QMenu& menu, Needs needs, const ActionDescription& description,
                               std::function<void()> triggered) = 0;
    virtual QMenu* addMenu(MenuPlace place, const char* icon, const QString& title) = 0;
    /// One that was announced, or that is the window's own, by its object name; null: there is none.
    virtual QAction* action(const char* name) const = 0;
    /// Takes `content` over.
    virtual QDockWidget* addDock(const DockDescription& description, QWidget* content) = 0;
    /// Shows a dock, before others in its place.
    virtual void show(QDockWidget* dock) = 0;
    /// Tells something that came about, in passing.
    virtual void say(const QString& sentence) = 0;
};

} // namespace nunatak::ui::session
