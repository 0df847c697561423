// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "jobs/job.h"

#include <QObject>
#include <QTimer>

#include <memory>

namespace nunatak::ui::session {
class Workspace;
} // namespace nunatak::ui::session

namespace nunatak::ui::learn {

class LearningPanel;

/// Says in the panel how much there is to learn from. It is counted in the background, while the panel is
/// seen, whenever outlines have changed and a hand has rested for a moment.
class TeachingCount : public QObject {
    Q_OBJECT

public:
    /// Both outlive it.
    TeachingCount(session::Workspace& workspace, LearningPanel& panel);
    ~TeachingCount() override;

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void outdate();
    void count();
    void drop();

    session::Workspace& m_workspace;
    LearningPanel& m_panel;
    QTimer m_rest;
    std::shared_ptr<jobs::Job> m_job; // null: none runs
    int m_number = 0;                 ///< of the count that is wanted
    bool m_isOutdated = true;
};

} // namespace nunatak::ui::learn
