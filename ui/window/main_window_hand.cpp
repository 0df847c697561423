// SPDX-License-Identifier: GPL-3.0-or-later
// What keys do to the view while they are held, or at a tap.
#include "ui/window/main_window_impl.h"

#include "ui/base/held_key.h"
#include "ui/base/owned.h"
#include "ui/editing/inventory_feature.h"
#include "ui/viewport/viewport.h"
#include "ui/window/window_shell.h"

#include <QAction>

namespace nunatak::ui::window {

using session::Workspace;
using viewport::Viewport;

void MainWindow::Impl::connectHand() {
    const auto say = [this](const QString& sentence) { shell->say(sentence); };
    QObject::connect(viewActions->viewBefore, &QAction::triggered, &window, [this, say] {
        if (!viewport->goBack()) {
            say(tr("There is no view before this one."));
        }
    });
    QObject::connect(viewport, &Viewport::clickedWithoutOutlines, &window,
                     [say] { say(tr("The outlines are hidden; L shows them.")); });

    // By the menu what a key holds stays until it is chosen again.
    const auto* lines = owned<HeldKey>(*viewActions->hideOutlines);
    QObject::connect(lines, &HeldKey::pressed, &window, [this] { showOutlines(!viewport->outlinesShown()); });
    QObject::connect(lines, &HeldKey::released, &window, [this](bool isTap) {
        if (!isTap) {
            showOutlines(!viewport->outlinesShown());
        }
    });
    QObject::connect(viewActions->hideOutlines, &QAction::triggered, &window,
                     [this](bool hidden) { showOutlines(!hidden); });
    whileHeld(
        *viewActions->loupe, window, [this](bool shown) { showLoupe(shown); },
        [say] { say(tr("Hold Z to look through the loupe.")); });
    QObject::connect(workspace.get(), &Workspace::sessionEnded, &window, [this] {
        showOutlines(true);
        showLoupe(false);
    });
}

void MainWindow::Impl::showOutlines(bool shown) {
    viewport->setOutlinesShown(shown);
    inventories->setOutlinesShown(shown);
    viewActions->hideOutlines->setChecked(!shown);
}

void MainWindow::Impl::showLoupe(bool shown) {
    viewport->setLoupe(shown);
    viewActions->loupe->setChecked(shown);
}

} // namespace nunatak::ui::window
