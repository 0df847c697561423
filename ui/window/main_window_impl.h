// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "window/actions.h"
#include "window/main_window.h"
#include "window/menus.h"
#include "window/theme.h"
#include "window/user_settings.h"
#include "window/view_actions.h"
#include "window/workspace.h"

#include <QByteArray>
#include <QSettings>

#include <memory>

class QDockWidget;
class QLabel;
class QStackedWidget;

namespace nunatak::ui {

class BookmarkController;
class BookmarkPanel;
class CompareController;
class ComparisonPanel;
class ConfidenceController;
class DatesController;
class ExchangeController;
class HistoryPanel;
class InspectorPanel;
class LayerPanel;
class LearnController;
class LearningPanel;
class MainToolBar;
class ModelImportController;
class OpenSceneController;
class RelinkController;
class OverlayController;
class OverviewController;
class PlaceReadout;
class PictureController;
class PicturePanel;
class PointerController;
class PointerPanel;
class PredictController;
class ProjectController;
class RankingController;
class ReviewController;
class SavingNotice;
class SceneController;
class ScenePanel;
class SceneThumbnails;
class ViewOverlay;
class StretchController;
class WelcomePage;

constexpr int layoutVersion = 4; ///< of the stored docks; another one is not restored

/// The parts of the window and how they hear of each other. Built in main_window_layout.cpp, joined in
/// main_window_connections.cpp.
struct MainWindow::Impl {
    Impl(MainWindow& mainWindow, const InstallPaths& paths, std::unique_ptr<QSettings> ownSettings);
    ~Impl();

    void buildCentre();
    void buildDocks();
    void buildStatusBar();
    void connectActions();
    void connectViewActions();
    void connectRanking();
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
    void updateScenes();

    MainWindow& window;
    std::unique_ptr<QSettings> settings;
    UserSettings preferences;
    std::unique_ptr<Theme> theme;
    std::unique_ptr<Actions> actions;
    std::unique_ptr<ViewActions> viewActions;
    Menus menus;

    // Owned by the window, as Qt has it.
    QStackedWidget* centre = nullptr;
    WelcomePage* welcome = nullptr;
    Viewport* viewport = nullptr;
    MainToolBar* toolBar = nullptr;
    LayerPanel* layers = nullptr;
    ScenePanel* scenes = nullptr;
    BookmarkPanel* bookmarkPanel = nullptr;
    PicturePanel* picturePanel = nullptr;
    InspectorPanel* inspector = nullptr;
    PointerPanel* pointerPanel = nullptr;
    ViewOverlay* overlay = nullptr;
    ComparisonPanel* comparison = nullptr;
    LearningPanel* learning = nullptr;
    HistoryPanel* history = nullptr;
    QDockWidget* sceneDock = nullptr;
    QDockWidget* comparisonDock = nullptr;
    QDockWidget* learningDock = nullptr;
    QDockWidget* historyDock = nullptr;
    PlaceReadout* place = nullptr;
    QLabel* saving = nullptr;
    QByteArray firstDocks; ///< as on the first start
    QByteArray docks;      ///< where they belong while the welcome page has the window to itself

    std::unique_ptr<Workspace> workspace;
    std::unique_ptr<ProjectController> projects;
    std::unique_ptr<SceneController> scene;
    std::unique_ptr<OverlayController> overlays;
    std::unique_ptr<OverviewController> overviews;
    std::unique_ptr<StretchController> stretch;
    std::unique_ptr<DatesController> dates;
    std::unique_ptr<BookmarkController> bookmarks;
    std::unique_ptr<PointerController> pointer;
    std::unique_ptr<PictureController> pictures;
    std::unique_ptr<PredictController> prediction;
    std::unique_ptr<ConfidenceController> confidence;
    std::unique_ptr<CompareController> compare;
    std::unique_ptr<RankingController> ranking;
    std::unique_ptr<ReviewController> review;
    std::unique_ptr<SceneThumbnails> thumbnails;
    std::unique_ptr<LearnController> learn;
    std::unique_ptr<ExchangeController> exchange;
    std::unique_ptr<ModelImportController> modelImport;
    std::unique_ptr<OpenSceneController> sceneOpening;
    std::unique_ptr<RelinkController> relinking;
    std::unique_ptr<SavingNotice> savingNotice;
    bool mayClose = false;
};

} // namespace nunatak::ui
