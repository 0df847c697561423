// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/base/user_settings.h"
#include "ui/session/workspace.h"
#include "ui/window/actions.h"
#include "ui/window/main_window.h"
#include "ui/window/menus.h"
#include "ui/window/theme.h"
#include "ui/window/view_actions.h"

#include <QByteArray>
#include <QSettings>

#include <memory>

class QHBoxLayout;
class QLabel;
class QStackedWidget;

namespace nunatak::ui::care {
class CareFeature;
} // namespace nunatak::ui::care

namespace nunatak::ui::checks {
class ChecksFeature;
} // namespace nunatak::ui::checks

namespace nunatak::ui::divides {
class DividesFeature;
} // namespace nunatak::ui::divides

namespace nunatak::ui::compare {
class CompareFeature;
} // namespace nunatak::ui::compare

namespace nunatak::ui::editing {
class EditingController;
class HistoryFeature;
class InventoryFeature;
class SideLayerFeature;
class ToolActions;
} // namespace nunatak::ui::editing

namespace nunatak::ui::exchange {
class ExchangeFeature;
} // namespace nunatak::ui::exchange

namespace nunatak::ui::ground {
class GroundFeature;
class PlaceReadout;
} // namespace nunatak::ui::ground

namespace nunatak::ui::layers {
class InspectorController;
class InspectorPanel;
class LayerController;
class LayerPanel;
} // namespace nunatak::ui::layers

namespace nunatak::ui::learn {
class LearnFeature;
} // namespace nunatak::ui::learn

namespace nunatak::ui::marginalia {
class ViewOverlay;
} // namespace nunatak::ui::marginalia

namespace nunatak::ui::pictures {
class PictureFeature;
} // namespace nunatak::ui::pictures

namespace nunatak::ui::predict {
class PredictFeature;
} // namespace nunatak::ui::predict

namespace nunatak::ui::review {
class AcceptFeature;
class ReviewFeature;
} // namespace nunatak::ui::review

namespace nunatak::ui::scenes {
class ScenesFeature;
} // namespace nunatak::ui::scenes

namespace nunatak::ui::session {
class HistoryController;
class ProjectController;
class SavingNotice;
} // namespace nunatak::ui::session

namespace nunatak::ui::team {
class TeamFeature;
} // namespace nunatak::ui::team

namespace nunatak::ui::window {

class MainToolBar;
class WelcomePage;
class WindowShell;

constexpr int layoutVersion = 5; ///< of the stored docks; another one is not restored

/// The parts of the window and how they hear of each other. Built in main_window_layout.cpp, joined in
/// main_window_connections.cpp.
struct MainWindow::Impl {
    Impl(MainWindow& mainWindow, const InstallPaths& paths, std::unique_ptr<QSettings> ownSettings);
    ~Impl();

    void buildCentre();
    void buildTools();
    void buildDocks();
    void arrangeDocks();
    void announceFeatures();
    void buildStatusBar();
    void connectActions();
    void connectViewActions();
    void connectHand();
    void showOutlines(bool shown);
    void showLoupe(bool shown);
    void connectWorkspace();
    void showWelcome();
    void showScene();
    void restoreLayout();
    void storeLayout();

    void updateTitle();
    void updateEditActions();
    void updateSaving();
    void updateModels();
    void updateRecent();

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
    QWidget* view = nullptr; ///< the viewport with the tools beside it
    QHBoxLayout* viewLine = nullptr;
    viewport::Viewport* viewport = nullptr;
    editing::ToolActions* tools = nullptr;
    MainToolBar* toolBar = nullptr;
    layers::LayerPanel* layers = nullptr;
    layers::InspectorPanel* inspector = nullptr;
    marginalia::ViewOverlay* overlay = nullptr;
    ground::PlaceReadout* place = nullptr;
    QLabel* saving = nullptr;
    QByteArray firstDocks; ///< as on the first start
    QByteArray docks;      ///< where they belong while the welcome page has the window to itself

    std::unique_ptr<session::Workspace> workspace;
    std::unique_ptr<WindowShell> shell;
    std::unique_ptr<session::ProjectController> projects;
    std::unique_ptr<session::HistoryController> steps;
    std::unique_ptr<layers::LayerController> outlines;
    std::unique_ptr<layers::InspectorController> inspection;
    std::unique_ptr<editing::EditingController> editing;
    std::unique_ptr<ground::GroundFeature> ground;
    std::unique_ptr<session::SavingNotice> savingNotice;
    std::unique_ptr<review::ReviewFeature> review;
    std::unique_ptr<review::AcceptFeature> accepting;
    std::unique_ptr<scenes::ScenesFeature> scenes;
    std::unique_ptr<editing::HistoryFeature> history;
    std::unique_ptr<exchange::ExchangeFeature> exchange;
    std::unique_ptr<team::TeamFeature> team;
    std::unique_ptr<care::CareFeature> care;
    std::unique_ptr<pictures::PictureFeature> pictures;
    std::unique_ptr<predict::PredictFeature> prediction;
    std::unique_ptr<compare::CompareFeature> comparison;
    std::unique_ptr<checks::ChecksFeature> checks;
    std::unique_ptr<divides::DividesFeature> divides;
    std::unique_ptr<learn::LearnFeature> learning;
    std::unique_ptr<editing::InventoryFeature> inventories;
    std::unique_ptr<editing::SideLayerFeature> sideLayers;
    bool mayClose = false;
};

} // namespace nunatak::ui::window
