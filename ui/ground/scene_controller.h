// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "jobs/job.h"
#include "ui/terrain/drape_style.h"
#include "ui/terrain/terrain.h"

#include <QObject>
#include <QStringList>

#include <memory>
#include <string>

namespace nunatak::ui::session {
class Workspace;
} // namespace nunatak::ui::session

namespace nunatak::ui::viewport {
class Viewport;
} // namespace nunatak::ui::viewport

namespace nunatak::ui::ground {

/// The ground of the open project in the view: the scene that is looked at, how it is painted, the camera.
class SceneController : public QObject {
    Q_OBJECT

public:
    SceneController(session::Workspace& workspace, viewport::Viewport& viewport);

    /// Looks at another scene of the project from now on.
    void showScene(const std::string& id);
    void zoomToScene();
    void setExaggeration(double factor);
    QStringList composites() const;
    QString composite() const;
    void setComposite(const QString& name);
    /// How the ground is painted; what the scene has no bands for is replaced.
    const terrain::DrapeStyle& drape() const { return m_drape; }
    void setDrape(const terrain::DrapeStyle& style);
    /// Looks at another scene of the project.
    void setScene(const std::string& id);

Q_SIGNALS:
    void compositesChanged();
    /// The ground is painted in another way, or has other choices.
    void drapeChanged();
    void exaggerationChanged(double factor);
    void terrainShown();
    /// Another scene is looked at, or the view was restored.
    void sceneChanged();
    /// The scene cannot be drawn, for rasters of it are gone.
    void rastersMissing(const std::string& scene);

private:
    void begin();
    /// Says in the session's view how it is looked at.
    void describe();
    void end();
    void loadTerrain();

    session::Workspace& m_workspace;
    viewport::Viewport& m_viewport;
    terrain::DrapeStyle m_drape; ///< a composite without a name: the scene's first
    std::shared_ptr<jobs::Job> m_terrainJob;
    bool m_framed = false; ///< the stored camera is in place, so it is worth storing again
};

} // namespace nunatak::ui::ground
