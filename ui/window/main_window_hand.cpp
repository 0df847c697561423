// SPDX-License-Identifier: GPL-3.0-or-later
// What keys do to the view while they are held, or at a tap.
#include "ui/window/main_window_impl.h"

#include "ui/base/held_key.h"
#include "ui/base/owned.h"
#include "ui/ground/dates_controller.h"
#include "ui/ground/scene_controller.h"
#include "ui/layers/inventory_line.h"
#include "ui/viewport/viewport.h"
#include "ui/window/window_shell.h"

#include <QAction>

namespace nunatak::ui::window {

using ground::DatesController;
using ground::SceneController;
using session::Workspace;
using viewport::Viewport;

void MainWindow::Impl::connectHand() {
    const auto say = [this](const QString& sentence) { shell->say(sentence); };
    for (auto* action : viewActions->pictures) {
        QObject::connect(action, &QAction::triggered, &window, [this, action] {
            scene->setComposite(action->data().toString());
            updateComposites(); // a check is no answer where there is no such picture
        });
    }
    QObject::connect(scene.get(), &SceneController::said, &window, say);
    QObject::connect(dates.get(), &DatesController::said, &window, say);
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
    const auto hold = [this](QAction* action, auto show) {
        const auto* key = owned<HeldKey>(*action);
        QObject::connect(key, &HeldKey::pressed, &window, [show] { show(true); });
        QObject::connect(key, &HeldKey::released, &window, [show] { show(false); });
        QObject::connect(action, &QAction::triggered, &window, show);
    };
    hold(viewActions->pictureBefore, [this](bool shown) { showPictureBefore(shown); });
    hold(viewActions->loupe, [this](bool shown) { showLoupe(shown); });
    QObject::connect(workspace.get(), &Workspace::sessionEnded, &window, [this] {
        showOutlines(true);
        showLoupe(false);
        viewActions->pictureBefore->setChecked(false);
    });
}

void MainWindow::Impl::showOutlines(bool shown) {
    viewport->setOutlinesShown(shown);
    inventoryLine->setOutlinesShown(shown);
    viewActions->hideOutlines->setChecked(!shown);
}

void MainWindow::Impl::showPictureBefore(bool shown) {
    bool isShown = false;
    if (shown) {
        isShown = dates->showBefore() || scene->showBefore();
    } else {
        dates->endBefore();
        scene->endBefore();
    }
    viewActions->pictureBefore->setChecked(isShown);
}

void MainWindow::Impl::showLoupe(bool shown) {
    viewport->setLoupe(shown);
    viewActions->loupe->setChecked(shown);
}

} // namespace nunatak::ui::window
