// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/main_window_impl.h"

#include "ui/layers/layer_controller.h"
#include "ui/layers/layer_panel.h"
#include "ui/marginalia/view_overlay.h"
#include "ui/session/project_controller.h"
#include "ui/viewport/viewport.h"
#include "ui/window/welcome_page.h"

#include <QAction>
#include <QActionGroup>
#include <QStandardPaths>

namespace nunatak::ui::window {

using layers::LayerController;
using marginalia::ViewOverlay;
using viewport::Viewport;

void MainWindow::Impl::connectViewActions() {
    const auto on = [this](QAction* action, auto handler) {
        QObject::connect(action, &QAction::triggered, &window, handler);
    };
    const auto northUp = [this] { viewport->turnTo(overlay->trueNorth()); };
    on(viewActions->north, northUp);
    on(viewActions->flatMap, [this](bool flat) { viewport->setFlatMap(flat); });
    on(viewActions->nextGlacier,
       [this] { outlines->stepGlacier(1, workspace->session()->inventoryOr(layers->currentLayer())); });
    on(viewActions->previousGlacier,
       [this] { outlines->stepGlacier(-1, workspace->session()->inventoryOr(layers->currentLayer())); });
    on(viewActions->overview, [this](bool shown) {
        preferences.setOverviewShown(shown);
        overlay->setOverviewWanted(shown);
    });
    on(viewActions->hiddenOutlines, [this](bool shown) { viewport->setHiddenOutlinesShown(shown); });
    QObject::connect(viewport, &Viewport::hiddenOutlinesShownChanged, viewActions->hiddenOutlines,
                     &QAction::setChecked);
    QObject::connect(outlines.get(), &LayerController::changed, &window,
                     [this] { overlay->setReviews(outlines->reviews()); });
    viewActions->overview->setChecked(preferences.overviewShown());
    overlay->setOverviewWanted(preferences.overviewShown());
    on(viewActions->resetLayout, [this] { window.restoreState(firstDocks, layoutVersion); });
    QObject::connect(viewActions->theme, &QActionGroup::triggered, &window, [this](const QAction* action) {
        theme->setChoice(static_cast<ThemeChoice>(action->data().toInt()));
    });
    viewActions->setTheme(theme->choice());

    QObject::connect(overlay, &ViewOverlay::northRequested, &window, northUp);
    QObject::connect(viewport, &Viewport::flatMapChanged, viewActions->flatMap, &QAction::setChecked);
    QObject::connect(welcome, &WelcomePage::demoRequested, &window, [this] {
        const auto data = QStandardPaths::writableLocation(QStandardPaths::AppDataLocation);
        projects->openDemo(std::filesystem::path(data.toStdString()) / "demo");
    });
}

} // namespace nunatak::ui::window
