// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "jobs/job.h"
#include "terrain/terrain.h"
#include "viewport/comparison.h"

#include <QObject>
#include <QString>
#include <QTimer>

#include <memory>

namespace nunatak::ui {

class SceneController;
class SwipeLine;
class TimeBar;
class Viewport;
class Workspace;

/// The project's scenes by date: steps from one to the next, and compares two by swipe, flicker or side by
/// side.
class DatesController : public QObject {
    Q_OBJECT

public:
    DatesController(Workspace& workspace, Viewport& viewport, SceneController& scene, QObject* parent);

    void step(int by);
    /// Empty: compare no longer.
    void compareWith(const QString& id);
    void setMode(Comparison::Mode mode);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void refresh();
    void end();
    void loadOther();
    void showComparison();
    void place();

    Workspace& m_workspace;
    Viewport& m_viewport;
    SceneController& m_scene;
    TimeBar* m_bar;
    SwipeLine* m_line;
    QTimer m_flicker;
    QString m_other; ///< id; empty: none
    Comparison m_comparison{Comparison::Mode::Swipe};
    bool m_isOtherThere = false;
    std::shared_ptr<jobs::Job> m_loading;
};

} // namespace nunatak::ui
