// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/session/shell.h"

#include <map>

class QAction;
class QMainWindow;
class QMenu;

namespace nunatak::ui::window {

class Actions;
class ViewActions;

/// The menus whose content changes; the others are filled once.
struct Menus {
    QMenu* recent = nullptr;
    QMenu* tools = nullptr;
    QMenu* panels = nullptr;
    /// Where what is announced for a place goes: before this action of this menu.
    struct Place {
        QMenu* menu = nullptr;
        QAction* before = nullptr;
    };
    std::map<session::MenuPlace, Place> places{};
};
Menus buildMenus(QMainWindow& window, const Actions& actions, const ViewActions& viewActions);

} // namespace nunatak::ui::window
