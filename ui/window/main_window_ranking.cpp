// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/main_window_impl.h"

#include "ui/ground/overlay_controller.h"
#include "ui/ground/scene_controller.h"
#include "ui/scenes/ranking_controller.h"
#include "ui/scenes/scene_panel.h"
#include "ui/scenes/scene_thumbnails.h"
#include "ui/viewport/viewport.h"
#include "ui/window/window_shell.h"

#include <QAction>
#include <QDockWidget>

#include <array>
#include <utility>

namespace nunatak::ui::window {

using ground::OverlayController;
using ground::SceneController;
using scenes::ScenePanel;
using scenes::SceneThumbnails;

void MainWindow::Impl::connectRanking() {
    QObject::connect(scenes, &ScenePanel::sceneChosen, &window,
                     [this](const std::string& id) { scene->setScene(id); });
    QObject::connect(scene.get(), &SceneController::sceneChanged, &window, [this] { updateScenes(); });
    // Not the window's: the dock still sends signals while it goes.
    QObject::connect(sceneDock, &QDockWidget::visibilityChanged, thumbnails.get(),
                     &SceneThumbnails::setWanted);
    QObject::connect(actions->rankScenes, &QAction::triggered, &window, [this] {
        shell->show(sceneDock);
        ranking->rank();
    });

    const std::array<std::pair<QAction*, QString>, 3> overlayByAction{
        {{viewActions->snow, QStringLiteral("condition:snow")},
         {viewActions->castShadow, QStringLiteral("condition:cast_shadow")},
         {viewActions->cloud, QStringLiteral("condition:cloud")}}};
    for (const auto& [action, id] : overlayByAction) {
        QObject::connect(action, &QAction::triggered, &window,
                         [this, id = id](bool on) { overlays->choose(on ? id : QString()); });
        QObject::connect(
            overlays.get(), &OverlayController::shownChanged, action,
            [action = action, id = id](const QString& shown) { action->setChecked(shown == id); });
    }
    QObject::connect(overlays.get(), &OverlayController::unknown, &window,
                     [this](const QString& sentence) { shell->say(sentence); });
}

} // namespace nunatak::ui::window
