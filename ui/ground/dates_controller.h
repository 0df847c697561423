// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "jobs/job.h"
#include "ui/terrain/terrain.h"
#include "ui/viewport/scene_comparison.h"

#include <QObject>
#include <QString>
#include <QTimer>

#include <memory>

namespace nunatak::ui::session {
class Workspace;
} // namespace nunatak::ui::session

namespace nunatak::ui::viewport {
class Viewport;
} // namespace nunatak::ui::viewport

namespace nunatak::ui::ground {

class SceneController;
class SwipeLine;
class TimeBar;

/// The project's scenes by date: steps from one to the next, and compares two by swipe, flicker or side by
/// side.
class DatesController : public QObject {
    Q_OBJECT

public:
    DatesController(session::Workspace& workspace, viewport::Viewport& viewport, SceneController& scene,
                    QObject* parent);

    void step(int by);
    /// Empty: compare no longer.
    void compareWith(const QString& id);
    void setMode(viewport::SceneComparison::Mode mode);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void refresh();
    void end();
    void loadOther();
    void showComparison();
    void place();

    session::Workspace& m_workspace;
    viewport::Viewport& m_viewport;
    SceneController& m_scene;
    TimeBar* m_bar;
    SwipeLine* m_line;
    QTimer m_flicker;
    QString m_other; ///< id; empty: none
    viewport::SceneComparison m_comparison{viewport::SceneComparison::Mode::Swipe};
    bool m_isOtherThere = false;
    std::shared_ptr<jobs::Job> m_loading;
};

} // namespace nunatak::ui::ground
