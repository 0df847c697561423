// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "geo/polygon.h"
#include "outlines/outline_set.h"
#include "ui/viewport/tool.h"

#include <QPointF>
#include <QString>

#include <functional>
#include <memory>
#include <optional>
#include <string>

namespace nunatak::ui::viewport {
class Viewport;
} // namespace nunatak::ui::viewport

namespace nunatak::ui::tools {

/// Drags vertices of the selected outline. It selects nothing itself: the window tells it what is selected,
/// and a press away from its vertices stays the camera's.
class EditVertexTool : public viewport::Tool {
public:
    using Handle = outlines::OutlineSet::Handle;

    /// What the tool does to the world; every one may be empty.
    struct Actions {
        /// Emphasises a vertex of the selected outline, or none.
        std::function<void(const std::optional<geo::VertexId>&)> emphasise;
        /// Draws this outline in place of the layer's stored one; null: the stored one.
        std::function<void(const QString& layer, Handle outline)> showLive;
        /// The drag is finished: the outline shall have this geometry.
        std::function<void(const QString& layer, const std::string& uuid, const geo::MultiPolygon& geometry)>
            edited;
        /// Why the vertex does not follow the pointer (a sentence), or empty when it does again.
        std::function<void(const QString& reason)> hint;
        /// Where a map point is on the screen, none where it is hidden. Without it, distances are measured on
        /// the map.
        std::function<std::optional<QPointF>(geo::Point map)> project;
    };

    explicit EditVertexTool(Actions actions);
    /// Emphasises, shows and projects in this viewport, which must outlive the tool.
    EditVertexTool(
        viewport::Viewport& viewport,
        std::function<void(const QString& layer, const std::string& uuid, const geo::MultiPolygon& geometry)>
            edited,
        std::function<void(const QString& reason)> hint = {});

    /// The outline whose vertices can be dragged; null: none. Call it again when the outline was edited.
    void setSelected(const QString& layer, Handle outline);

    std::unique_ptr<viewport::Gesture> press(const viewport::PointerEvent& event) override;
    void hover(const viewport::PointerEvent& event) override;

    /// The vertex a press here would take.
    std::optional<geo::VertexId> vertexAt(const viewport::PointerEvent& event) const;

    static constexpr double reach = 8; ///< pixels

private:
    Actions m_actions;
    QString m_layer;
    Handle m_outline;
    std::optional<geo::VertexId> m_emphasised;
};

} // namespace nunatak::ui::tools
