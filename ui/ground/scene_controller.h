// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "jobs/job.h"
#include "ui/terrain/drape_style.h"
#include "ui/terrain/terrain.h"

#include <QObject>
#include <QStringList>

#include <array>
#include <memory>
#include <optional>
#include <string>
#include <vector>

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
    /// What the scene can be painted with, the user's own choice of bands last.
    std::vector<terrain::DrapeStyle> styles() const;
    QStringList composites() const;
    QString composite() const;
    /// Says so where the scene lacks what it takes.
    void setComposite(const QString& name);
    /// What was painted before this, until it is ended; false: nothing was, or it is told why not.
    bool showBefore();
    void endBefore();
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
    /// Something that the user asked for cannot be, or is shown in passing.
    void said(const QString& sentence);

private:
    void begin();
    void leaveSceneThatIsGone();
    /// Says in the session's view how it is looked at.
    void describe();
    void end();
    void loadTerrain();
    void paint(const terrain::DrapeStyle& style);

    session::Workspace& m_workspace;
    viewport::Viewport& m_viewport;
    terrain::DrapeStyle m_drape;                   ///< a composite without a name: the scene's first
    std::optional<terrain::Composite> m_before;    ///< what was painted before this
    std::optional<terrain::DrapeStyle> m_toReturn; ///< while that is shown
    std::array<std::string, 3> m_ownBands;         ///< empty: none yet
    std::shared_ptr<jobs::Job> m_terrainJob;
    bool m_framed = false; ///< the stored camera is in place, so it is worth storing again
};

} // namespace nunatak::ui::ground
