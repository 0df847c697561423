// SPDX-License-Identifier: GPL-3.0-or-later
#include "window/menus.h"

#include "window/actions.h"

#include <QCoreApplication>
#include <QIcon>
#include <QMainWindow>
#include <QMenu>
#include <QMenuBar>

namespace nunatak::ui {

namespace {

QString tr(const char* source) {
    return QCoreApplication::translate("nunatak::ui::menus", source);
}

} // namespace

Menus buildMenus(QMainWindow& window, const Actions& actions) {
    Menus menus;
    auto* file = window.menuBar()->addMenu(tr("&File"));
    file->addActions({actions.newProject, actions.openProject});
    menus.recent =
        file->addMenu(QIcon::fromTheme(QStringLiteral("document-open-recent")), tr("Open &recent"));
    file->addAction(actions.closeProject);
    file->addSeparator();
    file->addActions({actions.importOutlines, actions.exportOutlines, actions.savePicture});
    file->addSeparator();
    file->addAction(actions.quit);

    auto* edit = window.menuBar()->addMenu(tr("&Edit"));
    edit->addActions({actions.undo, actions.redo});

    auto* view = window.menuBar()->addMenu(tr("&View"));
    view->addActions({actions.nadir, actions.oblique, actions.zoomToScene, actions.zoomToSelection});
    view->addSeparator();
    menus.composites = view->addMenu(QIcon::fromTheme(QStringLiteral("layer-visible-on")), tr("&Picture"));
    view->addAction(actions.trueHeights);
    view->addSeparator();
    menus.panels = view->addMenu(tr("Pane&ls"));

    auto* glaciers = window.menuBar()->addMenu(tr("&Glaciers"));
    glaciers->addActions({actions.predict, actions.compare, actions.finetune});
    glaciers->addSeparator();
    glaciers->addAction(actions.cancel);

    auto* help = window.menuBar()->addMenu(tr("&Help"));
    help->addActions({actions.shortcuts, actions.about});
    return menus;
}

} // namespace nunatak::ui
