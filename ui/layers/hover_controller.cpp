// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/layers/hover_controller.h"

#include "ui/layers/layer_stack.h"
#include "ui/session/workspace.h"
#include "ui/viewport/viewport.h"

namespace nunatak::ui::layers {

using session::Workspace;
using viewport::PointerEvent;
using viewport::Viewport;

namespace {

/// Pixels within which a line or a point is what the pointer is at.
constexpr double lineReach = 6;

} // namespace

HoverController::HoverController(Workspace& workspace, Viewport& viewport, const LayerStack& layers)
    : m_workspace(workspace), m_viewport(viewport), m_layers(layers) {
    connect(&m_viewport, &Viewport::pointerMoved, this, &HoverController::look);
    const auto forget = [this] { m_viewport.setHoveredOutline(std::nullopt); };
    connect(&m_viewport, &Viewport::pointerLeft, this, forget);
    connect(&m_workspace, &Workspace::sessionEnded, this, forget);
    connect(&m_viewport, &Viewport::cameraMoved, this, [this, forget] {
        if (m_viewport.isFlying()) {
            forget(); // the ground moves away below a resting pointer
        }
    });
}

void HoverController::look(const PointerEvent& event) {
    if (m_workspace.session() != nullptr && !m_viewport.isDragging()) {
        m_viewport.setHoveredOutline(m_layers.topmostAt(event.map, lineReach * event.metresPerPixel));
    }
}

} // namespace nunatak::ui::layers
