// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/tools/drag_vertex_gesture.h"

#include "base/error.h"
#include "editing/gate.h"

#include <cmath>

namespace nunatak::ui::tools {

using viewport::PointerEvent;

namespace {

constexpr double trembling = 3; // pixels

} // namespace

DragVertexGesture::DragVertexGesture(EditVertexTool::Actions actions, QString layer,
                                     EditVertexTool::Handle outline, geo::VertexId vertex,
                                     const PointerEvent& press)
    : m_actions(std::move(actions)), m_layer(std::move(layer)), m_outline(std::move(outline)),
      m_index(m_outline->geometry), m_vertex(vertex), m_pressed(press.position) {
    const auto& ring = geo::ringOf(m_outline->geometry, vertex.part, vertex.ring);
    const auto& point = ring[static_cast<std::size_t>(vertex.index)];
    m_offset = {point.x - press.map.x, point.y - press.map.y};
}

DragVertexGesture::~DragVertexGesture() {
    putBack();
}

void DragVertexGesture::update(const PointerEvent& event) {
    const auto away = event.position - m_pressed;
    if (!m_dragging && std::hypot(away.x(), away.y()) <= trembling) {
        return;
    }
    m_dragging = true;
    try {
        const std::vector<editing::RingSplice> splices{
            {m_vertex.part,
             m_vertex.ring,
             static_cast<std::size_t>(m_vertex.index),
             1,
             {{event.map.x + m_offset.x, event.map.y + m_offset.y}}}};
        editing::throwIfWorse(m_outline->geometry, m_index, splices);
        outlines::Outline moved = *m_outline;
        editing::applySplices(splices, moved.geometry);
        m_valid = outlines::share(std::move(moved));
        hint({});
        if (m_actions.showLive) {
            m_actions.showLive(m_layer, m_valid);
        }
    } catch (const Error& error) {
        hint(QString::fromUtf8(error.what())); // it stays where it last was valid
    }
}

void DragVertexGesture::end(const PointerEvent& event) {
    update(event);
    if (m_finished) {
        return;
    }
    hint({});
    m_finished = true;
    // First the edit, then the stored outline again: in this order the old shape is never seen in between.
    if (m_valid && m_actions.edited) {
        m_actions.edited(m_layer, m_outline->uuid, m_valid->geometry);
    }
    if (m_actions.showLive) {
        m_actions.showLive(m_layer, nullptr);
    }
}

void DragVertexGesture::cancel() {
    putBack();
}

void DragVertexGesture::putBack() {
    if (m_finished) {
        return;
    }
    m_finished = true;
    hint({});
    if (m_valid && m_actions.showLive) {
        m_actions.showLive(m_layer, nullptr);
    }
}

void DragVertexGesture::hint(const QString& reason) {
    if ((!reason.isEmpty() || m_hinted) && m_actions.hint) {
        m_actions.hint(reason);
    }
    m_hinted = !reason.isEmpty();
}

} // namespace nunatak::ui::tools
