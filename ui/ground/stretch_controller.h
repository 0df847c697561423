// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "jobs/job.h"
#include "ui/terrain/drape_style.h"

#include <QObject>
#include <QString>

#include <memory>

namespace nunatak::ui::session {
class Workspace;
} // namespace nunatak::ui::session

namespace nunatak::ui::viewport {
class Viewport;
} // namespace nunatak::ui::viewport

namespace nunatak::ui::ground {

class SceneController;

/// Measures how the bands spread over what the view shows: each time it rests where the stretch follows the
/// view, once where the user wants to keep it.
class StretchController : public QObject {
    Q_OBJECT

public:
    StretchController(session::Workspace& workspace, viewport::Viewport& viewport, SceneController& scene,
                      QObject* parent);

    /// The stretch of what is in view now stays.
    void takeFromView();

private:
    void follow();
    /// Measures, and stretches the picture by it as `of` says.
    void measure(terrain::StretchOf of);
    void take(const terrain::ViewStretch& stretch, terrain::StretchOf of);
    void stop();

    session::Workspace& m_workspace;
    viewport::Viewport& m_viewport;
    SceneController& m_scene;
    QString m_followed;       ///< what is in view was measured for this camera and scene
    bool m_isKeeping = false; ///< the user waits for it; following waits, too
    std::shared_ptr<jobs::Job> m_job;
};

} // namespace nunatak::ui::ground
