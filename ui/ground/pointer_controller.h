// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "geo/crs.h"
#include "ui/ground/pointer_panel.h"
#include "ui/viewport/left_button.h"

#include "overlays/overlay.h"

#include <QObject>
#include <QTimer>

#include <functional>
#include <memory>
#include <optional>

namespace nunatak::jobs {
class Job;
}

namespace nunatak::ui::session {
class Workspace;
} // namespace nunatak::ui::session

namespace nunatak::ui::viewport {
class Viewport;
} // namespace nunatak::ui::viewport

namespace nunatak::ui::ground {

/// Fills the panel that says what is under the pointer. Bands are read from the scene's files in the
/// background, one place at a time; while that takes, the newest place waits.
class PointerController : public QObject {
    Q_OBJECT

public:
    PointerController(session::Workspace& workspace, viewport::Viewport& viewport, PointerPanel& panel,
                      QObject* parent);

    /// Where to ask what lies over the picture.
    void setOverlay(std::function<std::optional<overlays::Overlay>()> overlay) {
        m_overlay = std::move(overlay);
    }

private:
    void begin();
    void end();
    void leave();
    void showPlace();
    void readBands();
    std::vector<NamedValue> place() const;
    std::vector<NamedValue> layers() const;

    session::Workspace& m_workspace;
    viewport::Viewport& m_viewport;
    PointerPanel& m_panel;
    std::optional<geo::CoordinateTransform> m_toDegrees;
    std::optional<viewport::PointerEvent> m_pointer;
    std::shared_ptr<jobs::Job> m_reading;
    bool m_moved = false; ///< since the bands were asked for
    QTimer m_pace;
    std::function<std::optional<overlays::Overlay>()> m_overlay;
};

} // namespace nunatak::ui::ground
