// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/viewport/left_button.h"

#include <QObject>

namespace nunatak::ui::session {
class Workspace;
} // namespace nunatak::ui::session

namespace nunatak::ui::viewport {
class Viewport;
} // namespace nunatak::ui::viewport

namespace nunatak::ui::layers {

class LayerStack;

/// Emphasises the outline under the pointer, the one that a click would select, while nothing is dragged.
class HoverController : public QObject {
    Q_OBJECT

public:
    HoverController(session::Workspace& workspace, viewport::Viewport& viewport, const LayerStack& layers);

private:
    void look(const viewport::PointerEvent& event);

    session::Workspace& m_workspace;
    viewport::Viewport& m_viewport;
    const LayerStack& m_layers;
};

} // namespace nunatak::ui::layers
