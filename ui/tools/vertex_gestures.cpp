// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/tools/vertex_gestures.h"

#include "base/error.h"
#include "editing/insert_vertex.h"
#include "editing/move_vertex.h"

#include <QCoreApplication>

#include <algorithm>
#include <utility>

namespace nunatak::ui::tools {

namespace {

using nunatak::editing::Neighbours;

struct Words {
    Q_DECLARE_TR_FUNCTIONS(Words)
};

geo::Point offsetTo(geo::Point point, const Place& press) {
    return {point.x - press.map.x, point.y - press.map.y};
}

QString releaseHint(const Proposal& proposal) {
    return proposal.refusal.isEmpty() ? Words::tr("Release: done · Esc: put back")
                                      : Words::tr("Release or Esc: put back");
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
        proposal.refusal = QString::fromUtf8(error.what());
    }
    return proposal;
}

MoveVertexGesture::MoveVertexGesture(const Scene& scene, outlines::OutlineRef ref,
                                     const geo::VertexId& vertex, geo::Point point, const Place& press,
                                     Neighbours neighbours)
    : m_draft(scene.draft()), m_ref(std::move(ref)), m_vertex(vertex), m_pressed(press.map),
      m_offset(offsetTo(point, press)), m_selection(scene.selection()), m_neighbours(neighbours) {
    const auto& chosen = m_selection.vertices;
    m_movesChosen = chosen.size() > 1 && std::find(chosen.begin(), chosen.end(), vertex) != chosen.end();
}

Selection stillSelected(const Proposal& proposal, Selection selection, geo::Point by) {
    if (proposal.edit && !proposal.edit->empty()) {
        const auto& change = proposal.edit->changes.front();
        selection.vertices = nunatak::editing::whereMoved(change.before->geometry, change.after->geometry,
                                                          selection.vertices, by);
    }
    return selection;
}

Proposal MoveVertexGesture::at(const Place& place) {
    const geo::Point by{place.map.x - m_pressed.x, place.map.y - m_pressed.y};
    Proposal proposal = proposed([&] {
        return m_movesChosen
                   ? nunatak::editing::moveVertices(m_draft, m_ref, m_selection.vertices, by, m_neighbours)
                   : nunatak::editing::moveVertex(m_draft, m_ref, m_vertex, movedBy(m_offset, place),
                                                  m_neighbours);
    });
    if (m_movesChosen) {
        proposal.selection = stillSelected(proposal, m_selection, by);
    }
    proposal.hint = releaseHint(proposal);
    return proposal;
}

InsertVertexGesture::InsertVertexGesture(const Scene& scene, outlines::OutlineRef ref,
                                         const geo::VertexId& from, geo::Point point, const Place& press,
                                         Neighbours neighbours)
    : m_draft(scene.draft()), m_ref(std::move(ref)), m_from(from), m_offset(offsetTo(point, press)),
      m_neighbours(neighbours) {}

Proposal InsertVertexGesture::at(const Place& place) {
    Proposal proposal = proposed([&] {
        return nunatak::editing::insertVertex(m_draft, m_ref, m_from, movedBy(m_offset, place), m_neighbours);
    });
    proposal.hint = releaseHint(proposal);
    return proposal;
}

Proposal LockedGesture::at(const Place&) {
    Proposal proposal;
    proposal.refusal = m_reason;
    proposal.locked = m_ref;
    return proposal;
}

} // namespace nunatak::ui::tools
