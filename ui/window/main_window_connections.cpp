// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/main_window_impl.h"

#include "ui/base/messages.h"
#include "ui/compare/compare_controller.h"
#include "ui/compare/comparison_panel.h"
#include "ui/editing/editing_controller.h"
#include "ui/editing/tool_actions.h"
#include "ui/exchange/exchange_controller.h"
#include "ui/exchange/model_import_controller.h"
#include "ui/ground/overlay_controller.h"
#include "ui/ground/place_readout.h"
#include "ui/ground/scene_controller.h"
#include "ui/layers/inspector_panel.h"
#include "ui/layers/layer_controller.h"
#include "ui/layers/layer_panel.h"
#include "ui/learn/learn_controller.h"
#include "ui/marginalia/view_overlay.h"
#include "ui/predict/confidence_controller.h"
#include "ui/predict/predict_controller.h"
#include "ui/review/review_controller.h"
#include "ui/scenes/open_scene_controller.h"
#include "ui/scenes/relink_controller.h"
#include "ui/session/history_controller.h"
#include "ui/session/project_controller.h"
#include "ui/viewport/viewport.h"
#include "ui/window/help_dialogs.h"
#include "ui/window/main_tool_bar.h"
#include "ui/window/shortcuts_dialog.h"
#include "ui/window/welcome_page.h"

#include <QAction>
#include <QDockWidget>
#include <QStatusBar>

#include <chrono>

namespace nunatak::ui::window {

using compare::ComparisonPanel;
using editing::EditingController;
using exchange::ExchangeController;
using exchange::ModelImportController;
using ground::OverlayController;
using ground::SceneController;
using layers::InspectorPanel;
using layers::LayerController;
using layers::LayerPanel;
using learn::LearnController;
using predict::ConfidenceController;
using predict::PredictController;
using scenes::RelinkController;
using session::HistoryController;
using session::JobQueue;
using session::ProjectController;
using session::SelectionModel;
using session::Session;
using session::Workspace;
using viewport::Viewport;

namespace {

constexpr std::chrono::milliseconds messageTime(8000);

} // namespace

void MainWindow::Impl::connectActions() {
    const auto on = [this](QAction* action, auto handler) {
        QObject::connect(action, &QAction::triggered, &window, [handler] { handler(); });
    };
    on(actions->newProject, [this] { projects->askForNew(); });
    on(actions->openScene, [this] { sceneOpening->ask(); });
    on(actions->findRasters, [this] { relinking->ask(); });
    on(actions->openProject, [this] { projects->askForOpen(); });
    on(actions->closeProject, [this] { projects->close([] {}); });
    on(actions->importOutlines, [this] { exchange->askForImport(); });
    on(actions->exportOutlines, [this] { exchange->askForExport(layers->currentLayer()); });
    on(actions->quit, [this] { window.close(); });
    on(actions->undo, [this] { steps->undo(); });
    on(actions->redo, [this] { steps->redo(); });
    on(actions->acceptOutline, [this] { review->mark(outlines::Review::Accepted); });
    on(actions->doubtOutline, [this] { review->mark(outlines::Review::Doubtful); });
    on(actions->unreviewOutline, [this] { review->mark(outlines::Review::NotReviewed); });
    on(actions->nextUnreviewed, [this] { review->next(layers->currentLayer()); });
    on(actions->predict, [this] { prediction->predict(); });
    on(actions->predictOptions, [this] { prediction->askForOptions(); });
    on(actions->importModel, [this] { modelImport->askForWeights(); });
    QObject::connect(actions->lowConfidence, &QAction::toggled, &window,
                     [this](bool shown) { confidence->setShown(shown); });
    QObject::connect(confidence.get(), &ConfidenceController::shownChanged, actions->lowConfidence,
                     &QAction::setChecked);
    on(actions->compare, [this] {
        showDock(comparisonDock);
        compare->compare();
    });
    on(actions->finetune, [this] { showDock(learningDock); });
    on(actions->cancel, [this] { workspace->jobs().cancelShown(); });
    on(actions->nadir, [this] { viewport->setView(Viewport::View::Nadir); });
    on(actions->oblique, [this] { viewport->setView(Viewport::View::Oblique); });
    on(actions->zoomToScene, [this] { scene->zoomToScene(); });
    on(actions->zoomToSelection, [this] { outlines->zoomToSelection(); });
    on(actions->trueHeights, [this] { scene->setExaggeration(1); });
    on(actions->shortcuts, [this] { showShortcuts(window); });
    on(actions->about, [this] { showAbout(&window); });

    QObject::connect(welcome, &WelcomePage::openRequested, actions->openProject, &QAction::trigger);
    QObject::connect(welcome, &WelcomePage::newRequested, actions->newProject, &QAction::trigger);
    QObject::connect(welcome, &WelcomePage::sceneRequested, actions->openScene, &QAction::trigger);
    QObject::connect(welcome, &WelcomePage::recentRequested, &window,
                     [this](const QString& file) { projects->open(file.toStdString()); });
    QObject::connect(toolBar, &MainToolBar::exaggerationChosen, &window,
                     [this](double factor) { scene->setExaggeration(factor); });
    QObject::connect(toolBar, &MainToolBar::modelChosen, &window, [this](const QString& name) {
        workspace->useModel(name);
        preferences.setModel(name);
    });
    QObject::connect(layers, &LayerPanel::exportRequested, &window,
                     [this](const QString& layer) { exchange->askForExport(layer); });
    QObject::connect(inspector, &InspectorPanel::zoomRequested, &window,
                     [this] { outlines->zoomToSelection(); });
    QObject::connect(comparison, &ComparisonPanel::glacierActivated, &window,
                     [this](const comparison::GlacierRow& row) { outlines->flyTo(row); });
}

void MainWindow::Impl::connectWorkspace() {
    const auto say = [this](const QString& sentence) {
        window.statusBar()->showMessage(sentence, static_cast<int>(messageTime.count()));
    };
    QObject::connect(
        workspace.get(), &Workspace::problem, &window,
        [this](const QString& what, const QString& sentence) { showProblem(&window, what, sentence); });
    QObject::connect(&workspace->jobs(), &JobQueue::changed, &window,
                     [this] { actions->cancel->setEnabled(!workspace->jobs().shownJobs().empty()); });
    QObject::connect(&workspace->jobs(), &JobQueue::becameIdle, &window, [this] {
        if (window.isIdle()) {
            Q_EMIT window.becameIdle();
        }
    });
    QObject::connect(workspace.get(), &Workspace::sessionStarted, &window, [this] {
        actions->setProjectOpen(true);
        viewActions->setProjectOpen(true);
        toolBar->setProjectOpen(true);
        tools->setEnabled(true, !workspace->selection().outlines().empty());
        place->setCrs(workspace->session()->crs());
        overlay->setCrs(workspace->session()->crs());
        showScene();
        QObject::connect(workspace->session(), &Session::savingChanged, &window, [this] { updateSaving(); });
        QObject::connect(workspace->session(), &Session::scenesChanged, &window, [this] { updateScenes(); });
        QObject::connect(workspace->session(), &Session::layersChanged, &window, [this] {
            compare->refreshLayers();
            learn->refreshLayers();
        });
        updateTitle();
        updateEditActions();
        updateSaving();
        updateComposites();
        updateScenes();
        Q_EMIT window.projectOpened();
    });
    QObject::connect(workspace.get(), &Workspace::sessionEnded, &window, [this] {
        actions->setProjectOpen(false);
        viewActions->setProjectOpen(false);
        toolBar->setProjectOpen(false);
        tools->setEnabled(false, false);
        place->setCrs({});
        overlay->setCrs({});
        showWelcome();
        updateTitle();
        updateEditActions();
        updateSaving();
        updateComposites();
    });
    QObject::connect(workspace.get(), &Workspace::modelsChanged, &window, [this] { updateModels(); });
    QObject::connect(workspace.get(), &Workspace::currentModelChanged, &window, [this] { updateModels(); });
    QObject::connect(projects.get(), &ProjectController::recentChanged, &window, [this] { updateRecent(); });
    QObject::connect(projects.get(), &ProjectController::openingFailed, &window, &MainWindow::openingFailed);
    QObject::connect(steps.get(), &HistoryController::changed, &window, [this] { updateEditActions(); });
    QObject::connect(&workspace->selection(), &SelectionModel::changed, &window, [this] {
        const bool selected = workspace->selection().current().has_value();
        const bool writable = selected && !workspace->session()->project().isReadOnly();
        actions->zoomToSelection->setEnabled(!workspace->selection().outlines().empty());
        tools->setEnabled(workspace->session() != nullptr, !workspace->selection().outlines().empty());
        for (auto* action : {actions->acceptOutline, actions->doubtOutline, actions->unreviewOutline}) {
            action->setEnabled(writable);
        }
    });
    QObject::connect(scene.get(), &SceneController::compositesChanged, &window,
                     [this] { updateComposites(); });
    QObject::connect(overlays.get(), &OverlayController::legendsChanged, &window,
                     [this] { overlay->setLegends(overlays->legends()); });
    QObject::connect(editing.get(), &EditingController::hint, &window,
                     [this](const QString& reason) { window.statusBar()->showMessage(reason); });
    QObject::connect(scene.get(), &SceneController::exaggerationChanged, toolBar,
                     &MainToolBar::setExaggeration);
    QObject::connect(prediction.get(), &PredictController::runningChanged, &window, [this] {
        const bool possible = workspace->session() != nullptr && !prediction->isRunning();
        actions->predict->setEnabled(possible);
        actions->predictOptions->setEnabled(possible);
    });
    QObject::connect(prediction.get(), &PredictController::predicted, &window,
                     [this, say](const QString& layer, const QString& sentence) {
                         outlines->showLayer(layer);
                         confidence->refresh();
                         overlays->refresh();
                         say(sentence);
                     });
    QObject::connect(projects.get(), &ProjectController::noticed, &window, say);
    QObject::connect(relinking.get(), &RelinkController::relinked, &window, say);
    QObject::connect(exchange.get(), &ExchangeController::done, &window, say);
    QObject::connect(learn.get(), &LearnController::learnt, &window, say);
    QObject::connect(modelImport.get(), &ModelImportController::imported, &window, say);
    QObject::connect(viewport, &Viewport::graphicsFailed, &window,
                     [this](const QString& sentence) { showProblem(&window, tr("3D view"), sentence); });
}

} // namespace nunatak::ui::window
