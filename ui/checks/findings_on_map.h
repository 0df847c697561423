// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "editing/finding.h"
#include "jobs/job.h"

#include <QObject>
#include <QTimer>

#include <memory>
#include <optional>
#include <vector>

namespace nunatak::ui::session {
class Workspace;
} // namespace nunatak::ui::session

namespace nunatak::ui::viewport {
class Viewport;
} // namespace nunatak::ui::viewport

namespace nunatak::ui::checks {

/// What a check found, on the ground as long as its list is seen: a ring around each, never smaller than a
/// hand can hit, and of the one that is looked at the ground that two outlines have in common, hatched. Red
/// is ground that is there twice.
class FindingsOnMap : public QObject {
    Q_OBJECT

public:
    /// Both outlive it.
    FindingsOnMap(session::Workspace& workspace, viewport::Viewport& view);

    void setSeen(bool isSeen);
    void setFindings(std::vector<nunatak::editing::Finding> findings);
    /// None: none of them.
    void lookAt(const std::optional<nunatak::editing::Finding>& finding);

private:
    void draw();
    void drawCommon();
    void clear();

    session::Workspace& m_workspace;
    viewport::Viewport& m_view;
    std::vector<nunatak::editing::Finding> m_findings;
    std::optional<nunatak::editing::Finding> m_looked;
    std::shared_ptr<jobs::Job> m_job; ///< what the one that is looked at has in common
    QTimer m_soon;                    ///< the list is told of several changes in a row
    double m_metresPerPixel = 0;      ///< that the rings were drawn for
    bool m_isSeen = false;
    bool m_isDrawn = false;
};

} // namespace nunatak::ui::checks
