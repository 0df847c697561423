// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "jobs/job.h"

#include <QObject>

#include <memory>
#include <set>
#include <string>

namespace nunatak::ui::session {
class Workspace;
} // namespace nunatak::ui::session

namespace nunatak::ui::scenes {

/// Sees to it that a large scene without overviews gets some beside the project, in the background: it looks
/// whether they are missing, and makes them while the user goes on.
class OverviewController : public QObject {
    Q_OBJECT

public:
    OverviewController(session::Workspace& workspace, QObject* parent);

    /// The scene that is looked at is drawn now.
    void onSceneDrawn();

Q_SIGNALS:
    /// They are there, or why not.
    void done(const QString& sentence);

private:
    void make(const std::string& id);

    session::Workspace& m_workspace;
    std::shared_ptr<jobs::Job> m_job;
    std::set<std::string> m_seen; ///< scenes that were dealt with since the project was opened
};

} // namespace nunatak::ui::scenes
