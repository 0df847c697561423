// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

class QMainWindow;
class QMenu;

namespace nunatak::ui::window {

class Actions;
class ViewActions;

/// The menus whose content changes; the others are filled once.
struct Menus {
    QMenu* recent = nullptr;
    QMenu* tools = nullptr;
    QMenu* composites = nullptr;
    QMenu* panels = nullptr;
    QMenu* bookmarks = nullptr;
};
Menus buildMenus(QMainWindow& window, const Actions& actions, const ViewActions& viewActions);

} // namespace nunatak::ui::window
