// SPDX-License-Identifier: GPL-3.0-or-later
#include "window/main_window_impl.h"

#include "panels/scene_panel.h"
#include "viewport/viewport.h"
#include "window/condition_layers.h"
#include "window/ranking_controller.h"
#include "window/scene_controller.h"
#include "window/scene_thumbnails.h"

#include <QAction>
#include <QDockWidget>
#include <QStatusBar>

#include <array>
#include <chrono>
#include <utility>

namespace nunatak::ui {

namespace {

constexpr std::chrono::milliseconds conditionMessageTime(8000);

} // namespace

void MainWindow::Impl::connectRanking() {
    QObject::connect(scenes, &ScenePanel::sceneChosen, &window,
                     [this](const std::string& id) { scene->setScene(id); });
    QObject::connect(scene.get(), &SceneController::sceneChanged, &window, [this] { updateScenes(); });
    QObject::connect(scene.get(), &SceneController::selectionChanged, &window,
                     [this] { ranking->select(scene->selection()); });
    // Not the window's: the dock still sends signals while it goes.
    QObject::connect(sceneDock, &QDockWidget::visibilityChanged, thumbnails.get(),
                     &SceneThumbnails::setWanted);
    QObject::connect(actions->rankScenes, &QAction::triggered, &window, [this] {
        showDock(sceneDock);
        ranking->rank();
    });

    const std::array<std::pair<QAction*, ranking::Condition>, 3> layersByAction{
        {{viewActions->snow, ranking::Snow},
         {viewActions->castShadow, ranking::Shadow},
         {viewActions->cloud, ranking::Cloud}}};
    for (const auto& [action, condition] : layersByAction) {
        QObject::connect(action, &QAction::toggled, &window,
                         [this, shown = condition](bool on) { conditions->setShown(shown, on); });
        QObject::connect(conditions.get(), &ConditionLayers::hidden, action,
                         [action = action, shown = condition](ranking::Condition hidden) {
                             if (hidden == shown) {
                                 action->setChecked(false);
                             }
                         });
    }
    QObject::connect(scene.get(), &SceneController::terrainShown, conditions.get(),
                     &ConditionLayers::onTerrainShown);
    QObject::connect(conditions.get(), &ConditionLayers::unknown, &window, [this](const QString& sentence) {
        window.statusBar()->showMessage(sentence, static_cast<int>(conditionMessageTime.count()));
    });
}

} // namespace nunatak::ui
