// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/main_window_impl.h"

#include "ui/base/owned.h"
#include "ui/editing/editing_controller.h"
#include "ui/editing/tool_actions.h"
#include "ui/editing/tool_strip.h"
#include "ui/ground/place_readout.h"
#include "ui/layers/inspector_panel.h"
#include "ui/layers/layer_panel.h"
#include "ui/marginalia/view_overlay.h"
#include "ui/session/job_bar.h"
#include "ui/viewport/viewport.h"
#include "ui/window/welcome_page.h"
#include "ui/window/window_shell.h"

#include <QAction>
#include <QDockWidget>
#include <QHBoxLayout>
#include <QLabel>
#include <QMenu>
#include <QScreen>
#include <QStackedWidget>
#include <QStatusBar>

namespace nunatak::ui::window {

using ground::PlaceReadout;
using layers::InspectorPanel;
using layers::LayerPanel;
using marginalia::ViewOverlay;
using session::JobBar;
using viewport::Viewport;

void MainWindow::Impl::buildCentre() {
    welcome = owned<WelcomePage>();
    viewport = owned<Viewport>(workspace->paths().shaders);
    viewport->setObjectName(QStringLiteral("viewport"));
    overlay = owned<ViewOverlay>(*viewport);
    centre = owned<QStackedWidget>();
    centre->addWidget(welcome);
    view = owned<QWidget>();
    viewLine = owned<QHBoxLayout>(view);
    viewLine->setContentsMargins(0, 0, 0, 0);
    viewLine->setSpacing(0);
    viewLine->addWidget(viewport, 1);
    centre->addWidget(view);
    window.setCentralWidget(centre);
}

void MainWindow::Impl::buildTools() {
    tools = owned<editing::ToolActions>(window, editing->tools());
    menus.tools->addActions(tools->all());
    menus.tools->addActions(tools->options());
    viewLine->insertWidget(0, owned<editing::ToolStrip>(tools->all()));
}

void MainWindow::Impl::buildDocks() {
    window.setDockOptions(QMainWindow::AnimatedDocks | QMainWindow::AllowTabbedDocks |
                          QMainWindow::AllowNestedDocks | QMainWindow::GroupedDragging);
    window.setTabPosition(Qt::AllDockWidgetAreas, QTabWidget::North);
    window.setCorner(Qt::BottomLeftCorner, Qt::LeftDockWidgetArea);
    window.setCorner(Qt::BottomRightCorner, Qt::RightDockWidgetArea);
    layers = owned<LayerPanel>();
    inspector = owned<InspectorPanel>();
    shell->addDock({"layerDock", tr("Layers"), Qt::LeftDockWidgetArea, 1}, layers);
    shell->addDock({"inspectorDock", tr("Glacier"), Qt::LeftDockWidgetArea, 4}, inspector);
}

void MainWindow::Impl::arrangeDocks() {
    const auto dock = [this](const char* name) {
        return window.findChild<QDockWidget*>(QLatin1String(name), Qt::FindDirectChildrenOnly);
    };
    auto* layerDock = dock("layerDock");
    auto* sceneDock = dock("sceneDock");
    auto* bookmarkDock = dock("bookmarkDock");
    auto* inspectorDock = dock("inspectorDock");
    auto* pointerDock = dock("pointerDock");
    auto* pictureDock = dock("pictureDock");
    auto* comparisonDock = dock("comparisonDock");
    auto* learningDock = dock("learningDock");
    auto* historyDock = dock("historyDock");
    auto* checkDock = dock("checkDock");
    auto* reviewDock = dock("reviewDock");
    window.tabifyDockWidget(layerDock, bookmarkDock);
    window.tabifyDockWidget(inspectorDock, pictureDock);
    window.tabifyDockWidget(sceneDock, comparisonDock);
    layerDock->raise();
    inspectorDock->raise();
    window.tabifyDockWidget(learningDock, historyDock);
    window.tabifyDockWidget(historyDock, checkDock);
    window.tabifyDockWidget(checkDock, reviewDock);
    for (auto* occasional : {sceneDock, comparisonDock, learningDock, historyDock, checkDock, reviewDock}) {
        occasional->hide(); // shown by what needs them: the view gets the room
    }
    window.resizeDocks({layerDock, inspectorDock, pointerDock}, {5, 8, 4}, Qt::Vertical);
    window.resizeDocks({layerDock}, {270}, Qt::Horizontal);
    window.resizeDocks({learningDock}, {300}, Qt::Horizontal);
    window.resizeDocks({sceneDock, comparisonDock}, {250, 250}, Qt::Vertical);
}

void MainWindow::Impl::buildStatusBar() {
    auto* bar = window.statusBar();
    bar->setSizeGripEnabled(false);
    place = owned<PlaceReadout>(*viewport);
    saving = owned<QLabel>();
    saving->setObjectName(QStringLiteral("saving"));
    auto* jobs = owned<JobBar>(workspace->jobs());
    jobs->setObjectName(QStringLiteral("jobBar"));
    bar->addPermanentWidget(jobs);
    bar->addPermanentWidget(place);
    saving->setContentsMargins(8, 0, 10, 0);
    saving->setMaximumWidth(420); // a long sentence is cut rather than that the window grows
    saving->setMinimumWidth(100);
    bar->addPermanentWidget(saving);
}

void MainWindow::Impl::showWelcome() {
    docks = window.saveState(layoutVersion);
    for (auto* dock : window.findChildren<QDockWidget*>(QString(), Qt::FindDirectChildrenOnly)) {
        dock->hide();
    }
    menus.panels->setEnabled(false);
    centre->setCurrentWidget(welcome);
}

void MainWindow::Impl::showScene() {
    centre->setCurrentWidget(view);
    menus.panels->setEnabled(true);
    window.restoreState(docks, layoutVersion);
    viewport->setFocus();
}

void MainWindow::Impl::restoreLayout() {
    const QSize room = window.screen() != nullptr ? window.screen()->availableSize() : QSize(1280, 800);
    // With its frame it fits the screen, and what else stands there stays in sight.
    const QSize first = QSize(1440, 900).boundedTo(room * 0.88);
    window.resize(first);
    firstDocks = window.saveState(layoutVersion);
    if (!window.restoreGeometry(preferences.geometry())) {
        // Until it is shown it asks for more than it needs then.
        QMetaObject::invokeMethod(
            &window, [this, first] { window.resize(first.boundedTo(window.size())); }, Qt::QueuedConnection);
    }
    window.restoreState(preferences.docks(), layoutVersion);
    showWelcome();
}

void MainWindow::Impl::storeLayout() {
    const bool welcomed = centre->currentWidget() == welcome;
    preferences.setLayout(window.saveGeometry(), welcomed ? docks : window.saveState(layoutVersion));
}

} // namespace nunatak::ui::window
