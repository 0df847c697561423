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
    /// The date before this one, or the other one where two are compared, until it is ended; false: there is
    /// none.
    bool showBefore();
    void endBefore();

Q_SIGNALS:
    /// What is shown in passing.
    void said(const QString& sentence);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void refresh();
    void end();
    /// What lies beside the scene on the ground, or shall; empty: none.
    QString wanted() const { return m_other.isEmpty() ? m_before : m_other; }
    bool isOtherThere() const { return !m_onGround.isEmpty() && m_onGround == wanted(); }
    void loadOther();
    void showComparison();
    void place();

    session::Workspace& m_workspace;
    viewport::Viewport& m_viewport;
    SceneController& m_scene;
    TimeBar* m_bar;
    SwipeLine* m_line;
    QTimer m_flicker;
    QTimer m_forget;    ///< runs while the date before is kept only because it may be asked for again
    QString m_other;    ///< id of what the user compares with; empty: none
    QString m_before;   ///< id of the date before this one, once it was asked for; empty: none
    QString m_onGround; ///< id of what the viewport has beside the scene; empty: none
    bool m_showsBefore = false;
    viewport::SceneComparison m_comparison{viewport::SceneComparison::Mode::Swipe};
    std::shared_ptr<jobs::Job> m_loading;
};

} // namespace nunatak::ui::ground
