// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/tools/edit_vertex_tool.h"

#include "geo/rings.h"
#include "ui/tools/drag_vertex_gesture.h"
#include "ui/viewport/viewport.h"

#include <cmath>
#include <limits>

namespace nunatak::ui::tools {

using viewport::Gesture;
using viewport::PointerEvent;
using viewport::Viewport;

namespace {

/// The ground met where a vertex is on the screen is this many pixels from it when something stands in front.
constexpr double hidden = 20;

EditVertexTool::Actions
actionsOf(Viewport& viewport,
          std::function<void(const QString&, const std::string&, const geo::MultiPolygon&)> edited,
          std::function<void(const QString&)> hint) {
    EditVertexTool::Actions actions;
    actions.emphasise = [&viewport](const std::optional<geo::VertexId>& vertex) {
        viewport.setHoveredVertex(vertex);
        if (vertex) {
            viewport.setCursor(Qt::PointingHandCursor);
        } else {
            viewport.unsetCursor();
        }
    };
    actions.showLive = [&viewport](const QString& layer, EditVertexTool::Handle outline) {
        viewport.setLiveOutline(layer, std::move(outline));
    };
    actions.project = [&viewport](geo::Point map) -> std::optional<QPointF> {
        const auto place = viewport.project(map);
        const auto seen = place ? viewport.pick(*place) : std::nullopt;
        // What a mountain hides cannot be taken hold of.
        if (!seen || std::hypot(seen->map.x - map.x, seen->map.y - map.y) > hidden * seen->metresPerPixel) {
            return std::nullopt;
        }
        return place;
    };
    actions.edited = std::move(edited);
    actions.hint = std::move(hint);
    return actions;
}

} // namespace

EditVertexTool::EditVertexTool(Actions actions) : m_actions(std::move(actions)) {}

EditVertexTool::EditVertexTool(
    Viewport& viewport,
    std::function<void(const QString&, const std::string&, const geo::MultiPolygon&)> edited,
    std::function<void(const QString&)> hint)
    : EditVertexTool(actionsOf(viewport, std::move(edited), std::move(hint))) {}

void EditVertexTool::setSelected(const QString& layer, Handle outline) {
    m_layer = layer;
    m_outline = std::move(outline);
    // Its vertices may be others now.
    if (m_emphasised) {
        m_emphasised.reset();
        if (m_actions.emphasise) {
            m_actions.emphasise(std::nullopt);
        }
    }
}

std::optional<geo::VertexId> EditVertexTool::vertexAt(const PointerEvent& event) const {
    if (!m_outline) {
        return std::nullopt;
    }
    // On ground seen from the side a pixel is many metres long: look farther on the map, then measure on the
    // screen.
    const double farthest = reach * event.metresPerPixel * (m_actions.project ? 12 : 1);
    std::optional<geo::VertexId> nearest;
    double least = m_actions.project ? reach : farthest;
    geo::forEachVertex(m_outline->geometry, [&](const geo::VertexId& vertex, const geo::Point& point) {
        double distance = std::hypot(point.x - event.map.x, point.y - event.map.y);
        if (distance > farthest) {
            return;
        }
        if (m_actions.project) {
            const auto place = m_actions.project(point);
            distance = place ? std::hypot(place->x() - event.position.x(), place->y() - event.position.y())
                             : std::numeric_limits<double>::infinity();
        }
        if (distance <= least) {
            least = distance;
            nearest = vertex;
        }
    });
    return nearest;
}

void EditVertexTool::hover(const PointerEvent& event) {
    const auto vertex = vertexAt(event);
    if (vertex == m_emphasised) {
        return;
    }
    m_emphasised = vertex;
    if (m_actions.emphasise) {
        m_actions.emphasise(vertex);
    }
}

std::unique_ptr<Gesture> EditVertexTool::press(const PointerEvent& event) {
    hover(event);
    if (!m_emphasised) {
        return nullptr;
    }
    return std::make_unique<DragVertexGesture>(m_actions, m_layer, m_outline, *m_emphasised, event);
}

} // namespace nunatak::ui::tools
