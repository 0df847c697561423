// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "comparison/comparison.h"
#include "ui/layers/hover_controller.h"
#include "ui/layers/layer_stack.h"

#include <QObject>
#include <QStringList>

#include <string>
#include <vector>

namespace nunatak::ui::layers {

/// The outlines of the open project in the view: their layers, the selected ones.
class LayerController : public QObject {
    Q_OBJECT

public:
    LayerController(session::Workspace& workspace, viewport::Viewport& viewport, LayerPanel& panel);

    /// As they are shown, topmost first.
    const std::vector<session::ViewState::Layer>& layers() const { return m_stack.layers(); }
    const LayerStack& stack() const { return m_stack; }
    /// See LayerStack.
    void edit(const QString& sideLayer) { m_stack.edit(sideLayer); }
    void showLayer(const QString& layer) { m_stack.setVisible(layer, true); }
    /// See LayerStack.
    std::vector<figure::LineSample> reviews() const { return m_stack.reviews(); }

    void zoomToLayer(const QString& layer);
    void zoomToSelection();
    /// The same from so far above that no ridge hides much of it.
    void lookDownOnSelection();
    /// From the side: up the selected glaciers, as one who stands before the tongue, else as the view is
    /// turned.
    void lookFromTheSide();
    /// Steeply from above, so that this much fills the view (project CRS).
    void flyTo(const geo::Extent& extent);
    /// Selects a glacier of a comparison in the topmost layer that has it.
    void flyTo(const comparison::GlacierRow& row);
    /// Selects the glacier that comes so many after (negative: before) the selected one, by area from the
    /// largest, in its layer or else in `layer`, and flies there.
    void stepGlacier(int step, const QString& layer);

Q_SIGNALS:
    /// Which outlines are shown and how, or what was reviewed of them.
    void changed();

private:
    void begin();
    void end();
    void showSelection();
    void frame(const geo::Extent& extent, double mostTilt = 90);
    geo::Extent extentOfSelection() const;

    session::Workspace& m_workspace;
    viewport::Viewport& m_viewport;
    LayerStack m_stack;
    HoverController m_hover;
};

} // namespace nunatak::ui::layers
