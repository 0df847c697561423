// SPDX-License-Identifier: GPL-3.0-or-later
#include "window/main_window_impl.h"

#include "charts/owned.h"
#include "panels/comparison_panel.h"
#include "panels/history_panel.h"
#include "panels/inspector_panel.h"
#include "panels/layer_panel.h"
#include "panels/learning_panel.h"
#include "viewport/viewport.h"
#include "window/job_bar.h"
#include "window/place_readout.h"
#include "window/welcome_page.h"

#include <QDockWidget>
#include <QLabel>
#include <QMenu>
#include <QScreen>
#include <QStackedWidget>
#include <QStatusBar>

namespace nunatak::ui {

namespace {

constexpr int layoutVersion = 1; // of the stored docks; another one is not restored

} // namespace

void MainWindow::Impl::buildCentre() {
    welcome = owned<WelcomePage>();
    viewport = owned<Viewport>(workspace->paths().shaders);
    viewport->setObjectName(QStringLiteral("viewport"));
    centre = owned<QStackedWidget>();
    centre->addWidget(welcome);
    centre->addWidget(viewport);
    window.setCentralWidget(centre);
}

QDockWidget* MainWindow::Impl::addDock(const QString& name, const QString& title, QWidget* content,
                                       Qt::DockWidgetArea area) {
    auto* dock = owned<QDockWidget>(title, &window);
    dock->setObjectName(name);
    dock->setWidget(content);
    window.addDockWidget(area, dock);
    menus.panels->addAction(dock->toggleViewAction());
    return dock;
}

void MainWindow::Impl::buildDocks() {
    window.setDockOptions(QMainWindow::AnimatedDocks | QMainWindow::AllowTabbedDocks |
                          QMainWindow::AllowNestedDocks);
    window.setCorner(Qt::BottomLeftCorner, Qt::LeftDockWidgetArea);
    window.setCorner(Qt::BottomRightCorner, Qt::RightDockWidgetArea);
    layers = owned<LayerPanel>();
    inspector = owned<InspectorPanel>();
    comparison = owned<ComparisonPanel>();
    learning = owned<LearningPanel>();
    history = owned<HistoryPanel>();
    auto* layerDock = addDock(QStringLiteral("layerDock"), tr("Layers"), layers, Qt::LeftDockWidgetArea);
    auto* inspectorDock =
        addDock(QStringLiteral("inspectorDock"), tr("Glacier"), inspector, Qt::LeftDockWidgetArea);
    comparisonDock =
        addDock(QStringLiteral("comparisonDock"), tr("Comparison"), comparison, Qt::BottomDockWidgetArea);
    learningDock =
        addDock(QStringLiteral("learningDock"), tr("Fine-tune"), learning, Qt::RightDockWidgetArea);
    historyDock = addDock(QStringLiteral("historyDock"), tr("History"), history, Qt::RightDockWidgetArea);
    window.tabifyDockWidget(learningDock, historyDock);
    for (auto* dock : {comparisonDock, learningDock, historyDock}) {
        dock->hide(); // shown by what needs them: the view gets the room
    }
    window.resizeDocks({layerDock, inspectorDock}, {1, 3}, Qt::Vertical);
    window.resizeDocks({layerDock}, {270}, Qt::Horizontal);
    window.resizeDocks({learningDock}, {300}, Qt::Horizontal);
    window.resizeDocks({comparisonDock}, {210}, Qt::Vertical);
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
    bar->addPermanentWidget(saving);
}

void MainWindow::Impl::showDock(QDockWidget* dock) {
    dock->show();
    dock->raise();
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
    centre->setCurrentWidget(viewport);
    menus.panels->setEnabled(true);
    window.restoreState(docks, layoutVersion);
    viewport->setFocus();
}

void MainWindow::Impl::restoreLayout() {
    const QSize room = window.screen() != nullptr ? window.screen()->availableSize() : QSize(1280, 800);
    window.resize(QSize(1440, 900).boundedTo(room));
    window.restoreGeometry(settings->value(QStringLiteral("geometry")).toByteArray());
    window.restoreState(settings->value(QStringLiteral("docks")).toByteArray(), layoutVersion);
    showWelcome();
}

void MainWindow::Impl::storeLayout() {
    const bool welcomed = centre->currentWidget() == welcome;
    settings->setValue(QStringLiteral("geometry"), window.saveGeometry());
    settings->setValue(QStringLiteral("docks"), welcomed ? docks : window.saveState(layoutVersion));
}

} // namespace nunatak::ui
