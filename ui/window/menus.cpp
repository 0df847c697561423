// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/menus.h"

#include "ui/window/actions.h"
#include "ui/window/view_actions.h"

#include <QActionGroup>
#include <QIcon>
#include <QMainWindow>
#include <QMenu>
#include <QMenuBar>

namespace nunatak::ui::window {

using session::MenuPlace;

namespace {

void fillViewMenu(QMenu& menu, const Actions& actions, const ViewActions& view, Menus& menus) {
    menu.addActions({actions.nadir, actions.oblique, view.north, view.flatMap});
    menu.addSeparator();
    menu.addActions({actions.zoomToScene, actions.zoomToSelection, view.viewBefore, view.previousGlacier,
                     view.nextGlacier});
    menus.places[MenuPlace::Looking] = {&menu, menu.addSeparator()};
    menu.addActions({view.loupe, actions.trueHeights});
    menus.places[MenuPlace::Painted] = {&menu, view.loupe};
    menus.places[MenuPlace::Shown] = {&menu, actions.trueHeights};
    menu.addSeparator();
    menu.addActions({view.hideOutlines, view.hiddenOutlines, view.overview});
    menus.panels = menu.addMenu(QIcon::fromTheme(QStringLiteral("sidebar-show")), Actions::tr("Pane&ls"));
    menu.addAction(view.resetLayout);
    auto* theme =
        menu.addMenu(QIcon::fromTheme(QStringLiteral("preferences-desktop-theme")), Actions::tr("&Theme"));
    theme->addActions(view.theme->actions());
}

} // namespace

Menus buildMenus(QMainWindow& window, const Actions& actions, const ViewActions& viewActions) {
    Menus menus;
    auto* file = window.menuBar()->addMenu(Actions::tr("&File"));
    menus.places[MenuPlace::Scenes] = {file, file->addSeparator()};
    file->addActions({actions.newProject, actions.openProject});
    menus.recent =
        file->addMenu(QIcon::fromTheme(QStringLiteral("document-open-recent")), Actions::tr("Open &recent"));
    file->addAction(actions.closeProject);
    file->addSeparator();
    menus.places[MenuPlace::Outlines] = {file, file->addSeparator()};
    menus.places[MenuPlace::Pictures] = {file, file->addSeparator()};
    file->addAction(actions.quit);

    auto* edit = window.menuBar()->addMenu(Actions::tr("&Edit"));
    edit->addActions({actions.undo, actions.redo});
    edit->addSeparator();
    menus.places[MenuPlace::Review] = {edit, edit->addSeparator()};

    menus.tools = window.menuBar()->addMenu(Actions::tr("&Tools"));

    auto* view = window.menuBar()->addMenu(Actions::tr("&View"));
    fillViewMenu(*view, actions, viewActions, menus);

    auto* glaciers = window.menuBar()->addMenu(Actions::tr("&Glaciers"));
    menus.places[MenuPlace::Dates] = {glaciers, glaciers->addSeparator()};
    menus.places[MenuPlace::Glaciers] = {glaciers, glaciers->addSeparator()};
    menus.places[MenuPlace::Models] = {glaciers, glaciers->addSeparator()};
    glaciers->addAction(actions.cancel);

    auto* help = window.menuBar()->addMenu(Actions::tr("&Help"));
    help->addActions({actions.shortcuts, actions.about});
    return menus;
}

} // namespace nunatak::ui::window
