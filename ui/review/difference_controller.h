// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "jobs/job.h"
#include "review/outline_difference.h"

#include <QObject>
#include <QTimer>

#include <memory>
#include <optional>

namespace nunatak::ui::layers {
class LayerController;
} // namespace nunatak::ui::layers

namespace nunatak::ui::session {
class Workspace;
} // namespace nunatak::ui::session

namespace nunatak::ui::viewport {
class Viewport;
} // namespace nunatak::ui::viewport

namespace nunatak::ui::review {

class DifferenceBox;

/// Before and after of the selected outline: works out the difference from another one of the glacier, in the
/// background, and draws on the ground what was gained and what was lost, as long as the box is seen.
class DifferenceController : public QObject {
    Q_OBJECT

public:
    /// All of them outlive it.
    DifferenceController(session::Workspace& workspace, viewport::Viewport& viewport,
                         layers::LayerController& layers, DifferenceBox& box);

    /// The box is seen, or is not any more.
    void setSeen(bool isSeen);

private:
    void follow();
    void look();
    void draw();
    void clear();

    session::Workspace& m_workspace;
    viewport::Viewport& m_viewport;
    layers::LayerController& m_layers;
    DifferenceBox& m_box;
    QTimer m_soon; ///< the frame that shows what is selected comes first
    std::shared_ptr<jobs::Job> m_job;
    std::optional<nunatak::review::OutlineDifference> m_difference;
    bool m_isSeen = false;
    bool m_isDrawn = false;
};

} // namespace nunatak::ui::review
