// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/scenes/scenes_feature.h"

#include "ui/base/owned.h"
#include "ui/ground/scene_controller.h"
#include "ui/scenes/open_scene_controller.h"
#include "ui/scenes/overview_controller.h"
#include "ui/scenes/ranking_controller.h"
#include "ui/scenes/relink_controller.h"
#include "ui/scenes/scene_panel.h"
#include "ui/scenes/scene_thumbnails.h"
#include "ui/session/shell.h"
#include "ui/session/workspace.h"

#include <QDockWidget>

namespace nunatak::ui::scenes {

using ground::SceneController;
using session::MenuPlace;
using session::Needs;
using session::ProjectController;
using session::Session;
using session::Shell;
using session::Workspace;

ScenesFeature::ScenesFeature(Shell& shell, Workspace& workspace, ProjectController& projects,
                             SceneController& ground) {
    auto* panel = owned<ScenePanel>();
    auto* dock = shell.addDock({"sceneDock", ScenePanel::tr("Scenes"), Qt::BottomDockWidgetArea, 2}, panel);
    m_ranking = std::make_unique<RankingController>(workspace, *panel, nullptr);
    m_thumbnails = std::make_unique<SceneThumbnails>(workspace, *panel, nullptr);
    m_opening =
        std::make_unique<OpenSceneController>(workspace, shell.settings(), projects, ground, &shell.window());
    m_relinking = std::make_unique<RelinkController>(workspace, shell.settings(), ground, &shell.window());
    m_overviews = std::make_unique<OverviewController>(workspace, nullptr);

    shell.addAction(MenuPlace::Scenes, Needs::Nothing,
                    {"openScene", "map-globe", OpenSceneController::tr("Open &scene…"),
                     QKeySequence(QStringLiteral("Ctrl+Shift+O")),
                     OpenSceneController::tr(
                         "Open satellite products: Landsat, Sentinel-1 and -2, elevation models, rasters")},
                    [this] { m_opening->ask(); });
    shell.addAction(
        MenuPlace::Scenes, Needs::Project,
        {"findRasters", "edit-find", RelinkController::tr("&Find rasters…"),
         QKeySequence(QStringLiteral("Ctrl+Shift+F")),
         RelinkController::tr("Say in which folder the rasters of this scene are, when they were moved")},
        [this] { m_relinking->ask(); });
    shell.addAction(MenuPlace::Dates, Needs::Project,
                    {"rankScenes", "view-calendar", RankingController::tr("Which &date?"),
                     QKeySequence(QStringLiteral("F8")),
                     RankingController::tr("Rank the project's scenes by cover, cloud, snow and shadow")},
                    [this, &shell, dock] {
                        shell.show(dock);
                        m_ranking->rank();
                    });

    const auto list = [this, &workspace, panel] {
        if (const auto* session = workspace.session(); session != nullptr) {
            panel->setScenes(session->project().scenes(),
                             session->scene() != nullptr ? session->scene()->scene().id : std::string());
            m_thumbnails->refresh();
        }
    };
    // Not the panel's: it still sends signals while it goes.
    auto* alive = m_thumbnails.get();
    QObject::connect(&workspace, &Workspace::sessionStarted, alive, [&workspace, alive, list] {
        QObject::connect(workspace.session(), &Session::scenesChanged, alive, list);
        list();
    });
    QObject::connect(&ground, &SceneController::sceneChanged, alive, list);
    QObject::connect(dock, &QDockWidget::visibilityChanged, alive, &SceneThumbnails::setWanted);
    QObject::connect(panel, &ScenePanel::sceneChosen, &ground, &SceneController::setScene);
    QObject::connect(&ground, &SceneController::rastersMissing, m_relinking.get(), &RelinkController::offer);
    QObject::connect(&ground, &SceneController::terrainShown, m_overviews.get(),
                     &OverviewController::onSceneDrawn);
    const auto say = [&shell](const QString& sentence) { shell.say(sentence); };
    QObject::connect(m_relinking.get(), &RelinkController::relinked, alive, say);
    QObject::connect(m_overviews.get(), &OverviewController::done, alive, say);
}

ScenesFeature::~ScenesFeature() = default;

void ScenesFeature::open(const QStringList& paths) {
    m_opening->open(paths);
}

} // namespace nunatak::ui::scenes
