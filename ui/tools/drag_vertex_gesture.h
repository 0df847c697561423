// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "geo/edge_index.h"
#include "ui/tools/edit_vertex_tool.h"

namespace nunatak::ui::tools {

/// One drag of one vertex: shows the outline as it would become, and hands it over at the end.
class DragVertexGesture : public viewport::Gesture {
public:
    /// `actions` is copied: the gesture may outlive a change of tool.
    DragVertexGesture(EditVertexTool::Actions actions, QString layer, EditVertexTool::Handle outline,
                      geo::VertexId vertex, const viewport::PointerEvent& press);
    ~DragVertexGesture() override;
    DragVertexGesture(const DragVertexGesture&) = delete;
    DragVertexGesture& operator=(const DragVertexGesture&) = delete;

    void update(const viewport::PointerEvent& event) override;
    void end(const viewport::PointerEvent& event) override;
    void cancel() override;

private:
    void hint(const QString& reason);
    void putBack();

    EditVertexTool::Actions m_actions;
    QString m_layer;
    EditVertexTool::Handle m_outline;
    geo::EdgeIndex m_index;
    geo::VertexId m_vertex;
    QPointF m_pressed;
    geo::Point m_offset;     ///< from the pointer to the vertex, so that it does not jump at the press
    bool m_dragging = false; ///< farther than a click trembles
    bool m_hinted = false;
    bool m_finished = false;
    EditVertexTool::Handle m_valid; ///< the last valid state; null: as stored
};

} // namespace nunatak::ui::tools
