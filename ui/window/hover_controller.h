// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "viewport/tool.h"

#include <QObject>

namespace nunatak::ui {

class LayerStack;
class Viewport;
class Workspace;

/// Emphasises the outline under the pointer, the one that a click would select, while nothing is dragged.
class HoverController : public QObject {
    Q_OBJECT

public:
    HoverController(Workspace& workspace, Viewport& viewport, const LayerStack& layers);

private:
    void look(const PointerEvent& event);

    Workspace& m_workspace;
    Viewport& m_viewport;
    const LayerStack& m_layers;
};

} // namespace nunatak::ui
