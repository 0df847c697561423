// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>

#include <memory>

namespace nunatak::ui::ground {
class SceneController;
} // namespace nunatak::ui::ground

namespace nunatak::ui::session {
class ProjectController;
class Shell;
class Workspace;
} // namespace nunatak::ui::session

namespace nunatak::ui::scenes {

class OpenSceneController;
class OverviewController;
class RankingController;
class RelinkController;
class SceneThumbnails;

/// The scenes of a project, as the window has them: the panel with their pictures, opening products, finding
/// rasters that were moved, which date is best, overviews of large rasters.
class ScenesFeature {
public:
    ScenesFeature(session::Shell& shell, session::Workspace& workspace, session::ProjectController& projects,
                  ground::SceneController& ground);
    ~ScenesFeature();

    /// Asks what shall become of these files and folders.
    void open(const QStringList& paths);

private:
    std::unique_ptr<RankingController> m_ranking;
    std::unique_ptr<SceneThumbnails> m_thumbnails;
    std::unique_ptr<OpenSceneController> m_opening;
    std::unique_ptr<RelinkController> m_relinking;
    std::unique_ptr<OverviewController> m_overviews;
};

} // namespace nunatak::ui::scenes
