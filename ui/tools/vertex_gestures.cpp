// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/tools/vertex_gestures.h"

#include "base/error.h"
#include "editing/insert_vertex.h"
#include "editing/move_vertex.h"

#include <utility>

namespace nunatak::ui::tools {

namespace {

geo::Point offsetTo(geo::Point point, const Place& press) {
    return {point.x - press.map.x, point.y - press.map.y};
}

geo::Point movedBy(geo::Point offset, const Place& place) {
    return {place.map.x + offset.x, place.map.y + offset.y};
}

} // namespace

Proposal proposed(const std::function<nunatak::editing::Edit()>& work) {
    Proposal proposal;
    try {
        proposal.edit = work();
    } catch (const Error& error) {
        proposal.hint = QString::fromUtf8(error.what());
    }
    return proposal;
}

MoveVertexGesture::MoveVertexGesture(const Scene& scene, outlines::OutlineRef ref,
                                     const geo::VertexId& vertex, geo::Point point, const Place& press)
    : m_draft(scene.draft()), m_ref(std::move(ref)), m_vertex(vertex), m_offset(offsetTo(point, press)) {}

Proposal MoveVertexGesture::at(const Place& place) {
    return proposed(
        [&] { return nunatak::editing::moveVertex(m_draft, m_ref, m_vertex, movedBy(m_offset, place)); });
}

InsertVertexGesture::InsertVertexGesture(const Scene& scene, outlines::OutlineRef ref,
                                         const geo::VertexId& from, geo::Point point, const Place& press)
    : m_draft(scene.draft()), m_ref(std::move(ref)), m_from(from), m_offset(offsetTo(point, press)) {}

Proposal InsertVertexGesture::at(const Place& place) {
    return proposed(
        [&] { return nunatak::editing::insertVertex(m_draft, m_ref, m_from, movedBy(m_offset, place)); });
}

Proposal LockedGesture::at(const Place&) {
    Proposal proposal;
    proposal.hint = m_reason;
    proposal.locked = m_ref;
    return proposal;
}

} // namespace nunatak::ui::tools
