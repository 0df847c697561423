// SPDX-License-Identifier: GPL-3.0-or-later
#include "window/menus.h"

#include "window/actions.h"

#include <QIcon>
#include <QMainWindow>
#include <QMenu>
#include <QMenuBar>

namespace nunatak::ui {

Menus buildMenus(QMainWindow& window, const Actions& actions) {
    Menus menus;
    auto* file = window.menuBar()->addMenu(Actions::tr("&File"));
    file->addActions({actions.openScene, actions.newProject, actions.openProject});
    menus.recent =
        file->addMenu(QIcon::fromTheme(QStringLiteral("document-open-recent")), Actions::tr("Open &recent"));
    file->addAction(actions.closeProject);
    file->addSeparator();
    file->addActions({actions.importOutlines, actions.exportOutlines, actions.savePicture});
    file->addSeparator();
    file->addAction(actions.quit);

    auto* edit = window.menuBar()->addMenu(Actions::tr("&Edit"));
    edit->addActions({actions.undo, actions.redo});

    auto* view = window.menuBar()->addMenu(Actions::tr("&View"));
    view->addActions({actions.nadir, actions.oblique, actions.zoomToScene, actions.zoomToSelection});
    view->addSeparator();
    menus.composites =
        view->addMenu(QIcon::fromTheme(QStringLiteral("layer-visible-on")), Actions::tr("&Picture"));
    view->addAction(actions.lowConfidence);
    view->addAction(actions.trueHeights);
    view->addSeparator();
    menus.panels = view->addMenu(Actions::tr("Pane&ls"));

    auto* glaciers = window.menuBar()->addMenu(Actions::tr("&Glaciers"));
    glaciers->addActions({actions.predict, actions.predictOptions, actions.compare, actions.finetune});
    glaciers->addSeparator();
    glaciers->addAction(actions.importModel);
    glaciers->addSeparator();
    glaciers->addAction(actions.cancel);

    auto* help = window.menuBar()->addMenu(Actions::tr("&Help"));
    help->addActions({actions.shortcuts, actions.about});
    return menus;
}

} // namespace nunatak::ui
