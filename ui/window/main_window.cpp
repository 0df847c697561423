// SPDX-License-Identifier: GPL-3.0-or-later
#include "window/main_window.h"

#include "charts/owned.h"
#include "panels/comparison_panel.h"
#include "panels/format.h"
#include "panels/history_panel.h"
#include "panels/inspector_panel.h"
#include "panels/layer_panel.h"
#include "panels/learning_panel.h"
#include "viewport/viewport.h"
#include "window/actions.h"
#include "window/compare_controller.h"
#include "window/exchange_controller.h"
#include "window/help_dialogs.h"
#include "window/job_bar.h"
#include "window/learn_controller.h"
#include "window/main_tool_bar.h"
#include "window/menus.h"
#include "window/messages.h"
#include "window/place_readout.h"
#include "window/predict_controller.h"
#include "window/project_controller.h"
#include "window/scene_controller.h"
#include "window/welcome_page.h"
#include "window/workspace.h"

#include <QAction>
#include <QCloseEvent>
#include <QDockWidget>
#include <QLabel>
#include <QMenu>
#include <QScreen>
#include <QSettings>
#include <QStackedWidget>
#include <QStatusBar>

#include <chrono>

namespace nunatak::ui {

namespace {

constexpr int layoutVersion = 1; // of the stored docks; another one is not restored
constexpr std::chrono::milliseconds messageTime(8000);

QString compositeText(const QString& name) {
    if (name == QStringLiteral("ice")) {
        return MainWindow::tr("Ice");
    }
    if (name == QStringLiteral("natural")) {
        return MainWindow::tr("Natural");
    }
    if (name == QStringLiteral("infrared")) {
        return MainWindow::tr("Infrared");
    }
    return name;
}

} // namespace

struct MainWindow::Impl {
    Impl(MainWindow& window, const InstallPaths& paths, std::unique_ptr<QSettings> ownSettings);

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
    std::unique_ptr<CompareController> compare;
    std::unique_ptr<LearnController> learn;
    std::unique_ptr<ExchangeController> exchange;
    bool graphicsFailed = false;
    bool mayClose = false;
};

MainWindow::Impl::Impl(MainWindow& mainWindow, const InstallPaths& paths,
                       std::unique_ptr<QSettings> ownSettings)
    : window(mainWindow), settings(std::move(ownSettings)), actions(std::make_unique<Actions>(&mainWindow)),
      workspace(std::make_unique<Workspace>(paths)) {
    menus = buildMenus(window, *actions);
    toolBar = owned<MainToolBar>(*actions, menus.composites, &window);
    window.addToolBar(toolBar);
    buildCentre();
    buildDocks();

    projects = std::make_unique<ProjectController>(*workspace, *settings, &window);
    scene = std::make_unique<SceneController>(*workspace, *viewport, *layers, *inspector, nullptr);
    prediction = std::make_unique<PredictController>(*workspace, *viewport, nullptr);
    compare = std::make_unique<CompareController>(*workspace, *comparison, nullptr);
    learn = std::make_unique<LearnController>(*workspace, *learning, nullptr);
    exchange = std::make_unique<ExchangeController>(*workspace, *viewport, *settings, &window);

    buildStatusBar();
    connectActions();
    connectWorkspace();
    restoreLayout();
    updateTitle();
    updateRecent();
    updateComposites();
    toolBar->setProjectOpen(false);
    workspace->refreshModels(settings->value(QStringLiteral("model")).toString());
}

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
    bar->addPermanentWidget(saving);
}

void MainWindow::Impl::connectActions() {
    const auto on = [this](QAction* action, auto handler) {
        QObject::connect(action, &QAction::triggered, &window, [handler] { handler(); });
    };
    on(actions->newProject, [this] { projects->askForNew(); });
    on(actions->openProject, [this] { projects->askForOpen(); });
    on(actions->closeProject, [this] { projects->close([] {}); });
    on(actions->importOutlines, [this] { exchange->askForImport(); });
    on(actions->exportOutlines, [this] { exchange->askForExport(layers->currentLayer()); });
    on(actions->savePicture, [this] { exchange->askForPicture(); });
    on(actions->quit, [this] { window.close(); });
    on(actions->undo, [this] { scene->undo(); });
    on(actions->redo, [this] { scene->redo(); });
    on(actions->predict, [this] { prediction->predict(); });
    on(actions->compare, [this] {
        showDock(comparisonDock);
        compare->compare();
    });
    on(actions->finetune, [this] { showDock(learningDock); });
    on(actions->cancel, [this] { workspace->jobs().cancelShown(); });
    on(actions->nadir, [this] { viewport->setView(Viewport::View::Nadir); });
    on(actions->oblique, [this] { viewport->setView(Viewport::View::Oblique); });
    on(actions->zoomToScene, [this] { scene->zoomToScene(); });
    on(actions->zoomToSelection, [this] { scene->zoomToSelection(); });
    on(actions->trueHeights, [this] { scene->setExaggeration(1); });
    on(actions->shortcuts, [this] { showShortcuts(*actions, &window); });
    on(actions->about, [this] { showAbout(&window); });

    QObject::connect(welcome, &WelcomePage::openRequested, actions->openProject, &QAction::trigger);
    QObject::connect(welcome, &WelcomePage::newRequested, actions->newProject, &QAction::trigger);
    QObject::connect(welcome, &WelcomePage::recentRequested, &window,
                     [this](const QString& file) { projects->open(file.toStdString()); });
    QObject::connect(toolBar, &MainToolBar::exaggerationChosen, &window,
                     [this](double factor) { scene->setExaggeration(factor); });
    QObject::connect(toolBar, &MainToolBar::modelChosen, &window, [this](const QString& name) {
        workspace->useModel(name);
        settings->setValue(QStringLiteral("model"), name);
    });
    QObject::connect(layers, &LayerPanel::exportRequested, &window,
                     [this](const QString& layer) { exchange->askForExport(layer); });
    QObject::connect(comparison, &ComparisonPanel::glacierActivated, &window,
                     [this](const comparison::GlacierRow& row) { scene->flyTo(row); });
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
        toolBar->setProjectOpen(true);
        place->setCrs(workspace->session()->crs());
        showScene();
        QObject::connect(workspace->session(), &Session::savingChanged, &window, [this] { updateSaving(); });
        QObject::connect(workspace->session(), &Session::layersChanged, &window, [this] {
            compare->refreshLayers();
            learn->refreshLayers();
        });
        updateTitle();
        updateEditActions();
        updateSaving();
        updateComposites();
        Q_EMIT window.projectOpened();
    });
    QObject::connect(workspace.get(), &Workspace::sessionEnded, &window, [this] {
        actions->setProjectOpen(false);
        toolBar->setProjectOpen(false);
        place->setCrs({});
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
    QObject::connect(scene.get(), &SceneController::historyChanged, &window, [this] { updateEditActions(); });
    QObject::connect(scene.get(), &SceneController::selectionChanged, &window,
                     [this] { actions->zoomToSelection->setEnabled(scene->selection().has_value()); });
    QObject::connect(scene.get(), &SceneController::compositesChanged, &window,
                     [this] { updateComposites(); });
    QObject::connect(scene.get(), &SceneController::hint, &window,
                     [this](const QString& reason) { window.statusBar()->showMessage(reason); });
    QObject::connect(scene.get(), &SceneController::exaggerationChanged, toolBar,
                     &MainToolBar::setExaggeration);
    QObject::connect(prediction.get(), &PredictController::runningChanged, &window, [this] {
        actions->predict->setEnabled(workspace->session() != nullptr && !prediction->isRunning());
    });
    QObject::connect(prediction.get(), &PredictController::predicted, &window,
                     [this, say](const QString& layer, const QString& sentence) {
                         scene->showLayer(layer);
                         say(sentence);
                     });
    QObject::connect(projects.get(), &ProjectController::noticed, &window, say);
    QObject::connect(exchange.get(), &ExchangeController::done, &window, say);
    QObject::connect(learn.get(), &LearnController::learnt, &window, say);
    QObject::connect(viewport, &Viewport::graphicsFailed, &window, [this](const QString& sentence) {
        graphicsFailed = true;
        showProblem(&window, tr("3D view"), sentence);
    });
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

void MainWindow::Impl::updateTitle() {
    const auto* session = workspace->session();
    if (session == nullptr) {
        window.setWindowTitle(tr("Nunatak"));
    } else if (session->project().isReadOnly()) {
        window.setWindowTitle(tr("%1 (read-only) – Nunatak").arg(session->name()));
    } else {
        window.setWindowTitle(tr("%1 – Nunatak").arg(session->name()));
    }
}

void MainWindow::Impl::updateEditActions() {
    const auto* session = workspace->session();
    const auto describe = [](QAction* action, const QString& verb, const std::optional<std::string>& step) {
        action->setEnabled(step.has_value());
        action->setText(step ? QStringLiteral("%1: %2").arg(verb, text(*step)) : verb);
        action->setToolTip(QStringLiteral("%1 (%2)").arg(
            action->text().remove(QLatin1Char('&')), action->shortcut().toString(QKeySequence::NativeText)));
    };
    const bool writable = session != nullptr && !session->project().isReadOnly();
    describe(actions->undo, tr("&Undo"), writable ? session->project().undoDescription() : std::nullopt);
    describe(actions->redo, tr("&Redo"), writable ? session->project().redoDescription() : std::nullopt);
    history->setHistory(session != nullptr ? session->project().history()
                                           : std::vector<project::HistoryStep>{});
}

void MainWindow::Impl::updateSaving() {
    const auto* session = workspace->session();
    saving->setVisible(session != nullptr);
    if (session == nullptr) {
        return;
    }
    const auto problem = text(session->project().savingProblem());
    if (session->project().isReadOnly()) {
        saving->setText(tr("Read-only"));
    } else if (session->project().isSaved()) {
        saving->setText(tr("All changes saved"));
    } else {
        saving->setText(problem.isEmpty() ? tr("Saving…") : tr("Not saved yet: %1").arg(problem));
    }
    saving->setToolTip(problem.isEmpty() ? tr("Every edit is written to the project as it is made")
                                         : problem);
}

void MainWindow::Impl::updateModels() {
    QStringList names;
    QStringList tips;
    for (const auto& model : workspace->models()) {
        names << text(model.manifest.name);
        tips << tr("Version %1, %2 m pixels. %3")
                    .arg(model.manifest.version)
                    .arg(model.manifest.pixelSize)
                    .arg(text(model.manifest.provenance));
    }
    const auto current = workspace->currentModel();
    toolBar->setModels(names, tips, current ? text(current->manifest.name) : QString());
}

void MainWindow::Impl::updateComposites() {
    menus.composites->clear();
    const auto names = scene->composites();
    for (const auto& name : names) {
        auto* action = menus.composites->addAction(compositeText(name));
        action->setData(name);
        action->setCheckable(true);
        action->setChecked(name == scene->composite());
        QObject::connect(action, &QAction::triggered, &window, [this, name] { scene->setComposite(name); });
    }
    menus.composites->setEnabled(!names.isEmpty());
    toolBar->setComposite(compositeText(scene->composite()));
}

void MainWindow::Impl::updateRecent() {
    const auto files = projects->recent();
    welcome->setRecent(files);
    menus.recent->clear();
    for (const auto& file : files) {
        QObject::connect(menus.recent->addAction(file), &QAction::triggered, &window,
                         [this, file] { projects->open(file.toStdString()); });
    }
    menus.recent->setEnabled(!files.isEmpty());
}

MainWindow::MainWindow(const InstallPaths& paths, std::unique_ptr<QSettings> settings, QWidget* parent)
    : QMainWindow(parent), m_impl(std::make_unique<Impl>(*this, paths, std::move(settings))) {}

MainWindow::~MainWindow() {
    // Widgets below still send signals while they go; nobody is left to answer them.
    m_impl->viewport->disconnect(this);
}

void MainWindow::openProject(const std::filesystem::path& file) {
    m_impl->projects->open(file);
}

Viewport* MainWindow::viewport() const {
    return m_impl->viewport;
}

const Actions& MainWindow::actions() const {
    return *m_impl->actions;
}

bool MainWindow::isIdle() const {
    return m_impl->workspace->session() != nullptr && m_impl->workspace->jobs().isIdle() &&
           !m_impl->projects->isClosing();
}

void MainWindow::closeEvent(QCloseEvent* event) {
    if (m_impl->mayClose) {
        m_impl->storeLayout();
        event->accept();
        return;
    }
    // Saving takes its time in the background; the window closes when it is done.
    event->ignore();
    m_impl->projects->close([this] {
        m_impl->mayClose = true;
        close();
    });
}

} // namespace nunatak::ui
