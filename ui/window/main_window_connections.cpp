// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/main_window_impl.h"

#include "ui/base/messages.h"
#include "ui/checks/checks_feature.h"
#include "ui/divides/divides_feature.h"
#include "ui/editing/editing_controller.h"
#include "ui/editing/inventory_feature.h"
#include "ui/editing/tool_actions.h"
#include "ui/ground/ground_feature.h"
#include "ui/ground/place_readout.h"
#include "ui/ground/scene_controller.h"
#include "ui/layers/inspector_controller.h"
#include "ui/layers/inspector_panel.h"
#include "ui/layers/layer_controller.h"
#include "ui/learn/learn_feature.h"
#include "ui/marginalia/view_overlay.h"
#include "ui/review/accept_feature.h"
#include "ui/review/review_feature.h"
#include "ui/session/history_controller.h"
#include "ui/session/project_controller.h"
#include "ui/team/team_feature.h"
#include "ui/viewport/viewport.h"
#include "ui/window/help_dialogs.h"
#include "ui/window/main_tool_bar.h"
#include "ui/window/shortcuts_dialog.h"
#include "ui/window/welcome_page.h"
#include "ui/window/window_shell.h"

#include <QAction>
#include <QStatusBar>

namespace nunatak::ui::window {

using checks::ChecksFeature;
using divides::DividesFeature;
using editing::EditingController;
using editing::InventoryFeature;
using ground::GroundFeature;
using ground::SceneController;
using layers::InspectorPanel;
using layers::LayerController;
using review::ReviewFeature;
using session::HistoryController;
using session::JobQueue;
using session::ProjectController;
using session::SelectionModel;
using session::Session;
using session::Workspace;
using viewport::Viewport;

void MainWindow::Impl::connectActions() {
    const auto on = [this](QAction* action, auto handler) {
        QObject::connect(action, &QAction::triggered, &window, [handler] { handler(); });
    };
    on(actions->newProject, [this] { projects->askForNew(); });
    on(actions->openProject, [this] { projects->askForOpen(); });
    on(actions->closeProject, [this] { projects->close([] {}); });
    on(actions->quit, [this] { window.close(); });
    on(actions->undo, [this] {
        // What arrow keys are moving, or a line that is being drawn, is no step yet: it alone is put back.
        if (editing->tools().isNudging()) {
            editing->tools().cancel();
        } else if (!editing->tools().pointBack()) {
            steps->undo();
        }
    });
    on(actions->redo, [this] { steps->redo(); });
    on(actions->cancel, [this] { workspace->jobs().cancelShown(); });
    on(actions->nadir, [this] { viewport->setView(Viewport::View::Nadir); });
    on(actions->oblique, [this] { outlines->lookFromTheSide(); });
    on(actions->zoomToScene, [this] { ground->scene().zoomToScene(); });
    on(actions->zoomToSelection, [this] { outlines->zoomToSelection(); });
    on(actions->trueHeights, [this] { ground->scene().setExaggeration(1); });
    on(actions->shortcuts, [this] { showShortcuts(window); });
    on(actions->about, [this] { showAbout(&window); });

    QObject::connect(welcome, &WelcomePage::openRequested, actions->openProject, &QAction::trigger);
    QObject::connect(welcome, &WelcomePage::newRequested, actions->newProject, &QAction::trigger);
    QObject::connect(welcome, &WelcomePage::sceneRequested, shell->action("openScene"), &QAction::trigger);
    QObject::connect(welcome, &WelcomePage::recentRequested, &window,
                     [this](const QString& file) { projects->open(file.toStdString()); });
    QObject::connect(toolBar, &MainToolBar::exaggerationChosen, &window,
                     [this](double factor) { ground->scene().setExaggeration(factor); });
    QObject::connect(toolBar, &MainToolBar::modelChosen, &window, [this](const QString& name) {
        learning->chooseModel(name);
        preferences.setModel(name);
    });
    QObject::connect(inspector, &InspectorPanel::zoomRequested, &window,
                     [this] { outlines->zoomToSelection(); });
}

void MainWindow::Impl::connectWorkspace() {
    const auto say = [this](const QString& sentence) { shell->say(sentence); };
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
        // At once, too, or the window would say that all is saved until the saving thread has begun.
        QObject::connect(workspace->session(), &Session::stepped, &window, [this] { updateSaving(); });
        updateTitle();
        updateEditActions();
        updateSaving();
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
    });
    QObject::connect(workspace.get(), &Workspace::modelsChanged, &window, [this] { updateModels(); });
    QObject::connect(workspace.get(), &Workspace::currentModelChanged, &window, [this] { updateModels(); });
    QObject::connect(projects.get(), &ProjectController::recentChanged, &window, [this] { updateRecent(); });
    QObject::connect(projects.get(), &ProjectController::openingFailed, &window, &MainWindow::openingFailed);
    QObject::connect(steps.get(), &HistoryController::changed, &window, [this] { updateEditActions(); });
    QObject::connect(&workspace->selection(), &SelectionModel::changed, &window, [this] {
        const bool selected = !workspace->selection().outlines().empty();
        actions->zoomToSelection->setEnabled(selected);
        tools->setEnabled(workspace->session() != nullptr, selected);
    });
    QObject::connect(ground.get(), &GroundFeature::compositeShown, toolBar, &MainToolBar::setComposite);
    auto* hand = &editing->tools();
    QObject::connect(accepting.get(), &review::AcceptFeature::done, hand, &editing::ToolHost::offerUndo);
    QObject::connect(checks.get(), &ChecksFeature::done, hand, &editing::ToolHost::offerUndo);
    QObject::connect(inspection.get(), &layers::InspectorController::done, hand,
                     &editing::ToolHost::offerUndo);
    QObject::connect(checks.get(), &ChecksFeature::offered, hand, &editing::ToolHost::offerNext);
    QObject::connect(checks.get(), &ChecksFeature::startInventoryRequested, inventories.get(),
                     &InventoryFeature::startFrom);
    QObject::connect(review.get(), &ReviewFeature::startInventoryRequested, inventories.get(),
                     &InventoryFeature::startFrom);
    QObject::connect(divides.get(), &DividesFeature::done, hand, &editing::ToolHost::offerUndo);
    QObject::connect(team.get(), &team::TeamFeature::done, hand, &editing::ToolHost::offerUndo);
    QObject::connect(divides.get(), &DividesFeature::startInventoryRequested, inventories.get(),
                     &InventoryFeature::startFrom);
    QObject::connect(inventories.get(), &InventoryFeature::pictureRequested, &ground->scene(),
                     &SceneController::setScene);
    QObject::connect(editing.get(), &EditingController::hint, &window,
                     [this](const QString& reason) { window.statusBar()->showMessage(reason); });
    QObject::connect(&ground->scene(), &SceneController::exaggerationChanged, toolBar,
                     &MainToolBar::setExaggeration);
    QObject::connect(projects.get(), &ProjectController::noticed, &window, say);
    QObject::connect(viewport, &Viewport::graphicsFailed, &window,
                     [this](const QString& sentence) { showProblem(&window, tr("3D view"), sentence); });
}

} // namespace nunatak::ui::window
