// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ranking/rank_scenes.h"

#include <QObject>

#include <optional>

namespace nunatak::ui::session {
class Workspace;
} // namespace nunatak::ui::session

namespace nunatak::ui::scenes {

class ScenePanel;

/// Which date? Measures the project's scenes in the background and shows them in the panel.
class RankingController : public QObject {
    Q_OBJECT

public:
    RankingController(session::Workspace& workspace, ScenePanel& panel, QObject* parent);

    void rank();
    void refreshLayers();

private:
    /// The glacier whose values the panel can show.
    void showGlacier();
    void setRunning(bool running);

    session::Workspace& m_workspace;
    ScenePanel& m_panel;
    bool m_running = false;
    QString m_rankedLayer; ///< whose outlines were the earlier ones
};

} // namespace nunatak::ui::scenes
