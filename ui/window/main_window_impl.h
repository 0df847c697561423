// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "window/actions.h"
#include "window/main_window.h"
#include "window/menus.h"
#include "window/workspace.h"

#include <QByteArray>
#include <QSettings>

#include <memory>

class QDockWidget;
class QLabel;
class QStackedWidget;

namespace nunatak::ui {

class CompareController;
class ComparisonPanel;
class ConfidenceController;
class ExchangeController;
class HistoryPanel;
class InspectorPanel;
class LayerPanel;
class LearnController;
class LearningPanel;
class MainToolBar;
class ModelImportController;
class OpenSceneController;
class PlaceReadout;
class PredictController;
class ProjectController;
class SavingNotice;
class SceneController;
class WelcomePage;

/// The parts of the window and how they hear of each other. Built in main_window_layout.cpp, joined in
/// main_window_connections.cpp.
struct MainWindow::Impl {
    Impl(MainWindow& mainWindow, const InstallPaths& paths, std::unique_ptr<QSettings> ownSettings);
    ~Impl();

    void buildCentre();
    void buildDocks();
    void buildStatusBar();
    void connectActions();
    void connectWorkspace();
    void showWelcome();
    void showScene();
    void restoreLayout();
    void storeLayout();
    void showDock(QDockWidget* dock);
    QDockWidget* addDock(const QString& name, const QString& title, QWidget* content,
                         Qt::DockWidgetArea area);

    void updateTitle();
    void updateEditActions();
    void updateSaving();
    void updateModels();
    void updateComposites();
    void updateRecent();

    MainWindow& window;
    std::unique_ptr<QSettings> settings;
    std::unique_ptr<Actions> actions;
    Menus menus;

    // Owned by the window, as Qt has it.
    QStackedWidget* centre = nullptr;
    WelcomePage* welcome = nullptr;
    Viewport* viewport = nullptr;
    MainToolBar* toolBar = nullptr;
    LayerPanel* layers = nullptr;
    InspectorPanel* inspector = nullptr;
    ComparisonPanel* comparison = nullptr;
    LearningPanel* learning = nullptr;
    HistoryPanel* history = nullptr;
    QDockWidget* comparisonDock = nullptr;
    QDockWidget* learningDock = nullptr;
    QDockWidget* historyDock = nullptr;
    PlaceReadout* place = nullptr;
    QLabel* saving = nullptr;
    QByteArray docks; ///< where they belong while the welcome page has the window to itself

    std::unique_ptr<Workspace> workspace;
    std::unique_ptr<ProjectController> projects;
    std::unique_ptr<SceneController> scene;
    std::unique_ptr<PredictController> prediction;
    std::unique_ptr<ConfidenceController> confidence;
    std::unique_ptr<CompareController> compare;
    std::unique_ptr<LearnController> learn;
    std::unique_ptr<ExchangeController> exchange;
    std::unique_ptr<ModelImportController> modelImport;
    std::unique_ptr<OpenSceneController> sceneOpening;
    std::unique_ptr<SavingNotice> savingNotice;
    bool mayClose = false;
};

} // namespace nunatak::ui
