// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/main_window_impl.h"

#include "models/learning_record.h"
#include "ui/base/action_factory.h"
#include "ui/base/format.h"
#include "ui/base/owned.h"
#include "ui/care/care_feature.h"
#include "ui/checks/checks_feature.h"
#include "ui/compare/compare_feature.h"
#include "ui/divides/divides_feature.h"
#include "ui/editing/editing_controller.h"
#include "ui/editing/history_feature.h"
#include "ui/editing/inventory_feature.h"
#include "ui/editing/side_layer_feature.h"
#include "ui/exchange/exchange_feature.h"
#include "ui/ground/ground_feature.h"
#include "ui/layers/inspector_controller.h"
#include "ui/layers/layer_controller.h"
#include "ui/learn/learn_feature.h"
#include "ui/marginalia/view_overlay.h"
#include "ui/pictures/picture_feature.h"
#include "ui/predict/predict_feature.h"
#include "ui/review/accept_feature.h"
#include "ui/review/review_feature.h"
#include "ui/scenes/scenes_feature.h"
#include "ui/session/history_controller.h"
#include "ui/session/project_controller.h"
#include "ui/session/saving_notice.h"
#include "ui/team/team_feature.h"
#include "ui/viewport/viewport.h"
#include "ui/window/main_tool_bar.h"
#include "ui/window/welcome_page.h"
#include "ui/window/window_shell.h"

#include <QAction>
#include <QCloseEvent>
#include <QDragEnterEvent>
#include <QDropEvent>
#include <QLabel>
#include <QMenu>
#include <QMimeData>
#include <QUrl>

#include <optional>

namespace nunatak::ui::window {

using checks::ChecksFeature;
using compare::CompareFeature;
using divides::DividesFeature;
using editing::EditingController;
using editing::InventoryFeature;
using exchange::ExchangeFeature;
using ground::GroundFeature;
using layers::InspectorController;
using layers::LayerController;
using learn::LearnFeature;
using pictures::PictureFeature;
using predict::PredictFeature;
using review::ReviewFeature;
using scenes::ScenesFeature;
using session::HistoryController;
using session::ProjectController;
using session::SavingNotice;
using session::Workspace;
using viewport::Viewport;

namespace {

/// Files and folders that are dragged in from a file manager.
QStringList droppedPaths(const QMimeData& data) {
    QStringList paths;
    for (const auto& url : data.urls()) {
        if (url.isLocalFile()) {
            paths << url.toLocalFile();
        }
    }
    return paths;
}

} // namespace

MainWindow::Impl::Impl(MainWindow& mainWindow, const InstallPaths& paths,
                       std::unique_ptr<QSettings> ownSettings)
    : window(mainWindow), settings(std::move(ownSettings)), preferences(*settings),
      theme(std::make_unique<Theme>(preferences, QDBusConnection::sessionBus(), nullptr)),
      actions(std::make_unique<Actions>(&mainWindow)),
      viewActions(std::make_unique<ViewActions>(&mainWindow)), workspace(std::make_unique<Workspace>(paths)) {
    menus = buildMenus(window, *actions, *viewActions);
    shell = std::make_unique<WindowShell>(window, menus, *workspace, preferences);
    window.setAcceptDrops(true);
    buildCentre();
    buildDocks();

    projects = std::make_unique<ProjectController>(*workspace, preferences, &window);
    steps = std::make_unique<HistoryController>(*workspace, &window);
    outlines = std::make_unique<LayerController>(*workspace, *viewport, *layers);
    inspection = std::make_unique<InspectorController>(*workspace, *inspector);
    editing = std::make_unique<EditingController>(*workspace, *viewport, *outlines, *steps);
    ground = std::make_unique<GroundFeature>(*shell, *workspace, *viewport, *overlay);
    savingNotice = std::make_unique<SavingNotice>(*workspace, &window);

    announceFeatures();
    arrangeDocks();
    toolBar = owned<MainToolBar>(window, &ground->composites());
    window.addToolBar(toolBar);
    buildTools();
    buildStatusBar();
    connectActions();
    connectViewActions();
    connectHand();
    connectWorkspace();
    restoreLayout();
    updateTitle();
    updateRecent();
    toolBar->setProjectOpen(false);
    workspace->refreshModels(preferences.model());
}

void MainWindow::Impl::announceFeatures() {
    accepting = std::make_unique<review::AcceptFeature>(*shell, *workspace, *outlines, *layers);
    scenes = std::make_unique<ScenesFeature>(*shell, *workspace, *projects, ground->scene());
    history =
        std::make_unique<editing::HistoryFeature>(*shell, *workspace, *viewport, *steps, editing->tools());
    exchange = std::make_unique<ExchangeFeature>(*shell, *workspace, *layers);
    team = std::make_unique<team::TeamFeature>(*shell, *workspace, *outlines);
    care = std::make_unique<care::CareFeature>(*shell, *workspace, *projects);
    pictures = std::make_unique<PictureFeature>(*shell, *workspace, *viewport, *overlay, *outlines);
    prediction = std::make_unique<PredictFeature>(*shell, *workspace, *viewport, *outlines, *inspector);
    prediction->whenRunning([this](bool runs) { overlay->setPredicting(runs); });
    review =
        std::make_unique<ReviewFeature>(*shell, *workspace, *viewport, *outlines, *layers, editing->tools());
    comparison = std::make_unique<CompareFeature>(*shell, *workspace, *outlines);
    checks = std::make_unique<ChecksFeature>(*shell, *workspace, *viewport, *outlines, *layers);
    divides = std::make_unique<DividesFeature>(*shell, *workspace, *viewport, *outlines, *layers);
    learning = std::make_unique<LearnFeature>(*shell, *workspace);
    inventories = std::make_unique<InventoryFeature>(*shell, *workspace, *viewport, *editing, *outlines,
                                                     *layers, *inspector);
    sideLayers =
        std::make_unique<editing::SideLayerFeature>(*shell, *workspace, *editing, *outlines, *layers);
}

MainWindow::Impl::~Impl() {
    // Jobs end first: what they report to is still there.
    workspace.reset();
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
        const auto what = step ? text(*step) : QString();
        auto shown = inMenu(what);
        shown.replace(QLatin1Char('&'), QStringLiteral("&&"));
        action->setText(step ? QStringLiteral("%1: %2").arg(verb, shown) : verb);
        const auto plain = QString(verb).remove(QLatin1Char('&'));
        setActionTip(*action, step ? QStringLiteral("%1: %2").arg(plain, what) : plain);
    };
    const bool writable = session != nullptr && !session->project().isReadOnly();
    describe(actions->undo, tr("&Undo"), writable ? session->project().undoDescription() : std::nullopt);
    describe(actions->redo, tr("&Redo"), writable ? session->project().redoDescription() : std::nullopt);
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
    saving->setToolTip(session->project().isReadOnly() ? session->readOnlySentence()
                       : problem.isEmpty() ? tr("Every edit is written to the project as it is made")
                                           : problem);
}

void MainWindow::Impl::updateModels() {
    QStringList names;
    QStringList titles;
    QStringList tips;
    for (const auto& model : workspace->models()) {
        names << text(model.manifest.name);
        titles << text(models::titleOf(model));
        tips << tr("Version %1, %2 m pixels. %3")
                    .arg(model.manifest.version)
                    .arg(model.manifest.pixelSize)
                    .arg(text(model.manifest.provenance));
    }
    const auto current = workspace->currentModel();
    toolBar->setModels(names, titles, tips, current ? text(current->manifest.name) : QString());
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

QAction* MainWindow::action(const char* name) const {
    return m_impl->shell->action(name);
}

bool MainWindow::isIdle() const {
    return m_impl->workspace->session() != nullptr && m_impl->workspace->jobs().isIdle() &&
           !m_impl->projects->isClosing();
}

void MainWindow::openScene(const QStringList& paths) {
    m_impl->scenes->open(paths);
}

void MainWindow::dragEnterEvent(QDragEnterEvent* event) {
    if (!droppedPaths(*event->mimeData()).isEmpty()) {
        event->acceptProposedAction();
    }
}

void MainWindow::dropEvent(QDropEvent* event) {
    const auto paths = droppedPaths(*event->mimeData());
    if (!paths.isEmpty()) {
        event->acceptProposedAction();
        m_impl->scenes->open(paths);
    }
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

} // namespace nunatak::ui::window
