// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/tools/vertex_gestures.h"

#include "base/error.h"
#include "editing/insert_vertex.h"
#include "editing/move_vertex.h"
#include "geo/rings.h"
#include "ui/tools/refusal.h"

#include <QCoreApplication>

#include <algorithm>
#include <iterator>
#include <optional>
#include <utility>

namespace nunatak::ui::tools {

namespace {

using nunatak::editing::Neighbours;

struct Words {
    Q_DECLARE_TR_FUNCTIONS(Words)
};

QString releaseHint(const Proposal& proposal, const std::optional<Held>& held) {
    if (!proposal.refusal.isEmpty()) {
        return Words::tr("Release or Esc: put back");
    }
    if (!held) {
        return Words::tr("Release: done · Esc: put back");
    }
    return held->kind == Marks::Spot::Kind::HeldVertex
               ? Words::tr("Release: at that vertex · Shift: not there · Esc: put back")
               : Words::tr("Release: on that line · Shift: not there · Esc: put back");
}

geo::Point neighbour(const geo::Ring& ring, int index, std::size_t ahead) {
    return ring[(static_cast<std::size_t>(index) + ahead) % ring.size()];
}

} // namespace

Proposal proposed(const std::function<nunatak::editing::Edit()>& work) {
    Proposal proposal;
    try {
        proposal.edit = work();
    } catch (const Error& error) {
        sayWhyNot(error, proposal);
    }
    return proposal;
}

Selection stillSelected(const Proposal& proposal, Selection selection, geo::Point by) {
    if (proposal.edit && !proposal.edit->empty()) {
        const auto& change = proposal.edit->changes.front();
        selection.vertices = nunatak::editing::whereMoved(change.before->geometry, change.after->geometry,
                                                          selection.vertices, by);
    }
    return selection;
}

LineGrip::LineGrip(const Scene& scene, Grip grip)
    : m_scene(scene), m_draft(scene.draft()),
      m_grip(std::move(grip)), m_offset{m_grip.hit.point.x - m_grip.press.map.x,
                                        m_grip.hit.point.y - m_grip.press.map.y} {}

Proposal LineGrip::at(const Place& place) {
    geo::Point target{place.map.x + m_offset.x, place.map.y + m_offset.y};
    std::optional<Held> held;
    if (m_grip.magnet != Magnet::Off) {
        const Unheld unheld{m_grip.ref, m_grip.hit.vertex.part, m_grip.hit.vertex.ring,
                            [this](geo::Point point) { return isMoving(point); }};
        held = heldAt(target, place, m_scene, &unheld);
        target = held ? held->point : target;
    }
    Proposal proposal = to(target);
    if (held) {
        proposal.marks.spots.push_back(held->spot());
    }
    if (!proposal.refusal.isEmpty()) {
        if (geo::Ring line = tried(target); !line.empty()) {
            proposal.marks.lines.push_back({std::move(line), false, Marks::Look::Refused});
        }
    }
    proposal.hint = releaseHint(proposal, held);
    return proposal;
}

Selection vertexAt(const Proposal& proposal, const outlines::OutlineRef& ref, const geo::VertexId& before,
                   geo::Point place) {
    Selection selection{{ref}, {}};
    for (const auto& change : proposal.edit->changes) {
        if (change.layer != ref.layer || !change.after || change.after->uuid != ref.uuid ||
            geo::vertexAt(change.after->geometry, {before.part, before.ring, 0}) == nullptr) {
            continue;
        }
        const geo::Ring& ring = geo::ringOf(change.after->geometry, before.part, before.ring);
        const auto likely = ring.begin() + std::min<std::ptrdiff_t>(before.index, std::ssize(ring));
        auto found = std::find(likely, ring.end(), place);
        found = found != ring.end() ? found : std::find(ring.begin(), likely, place);
        if (found != ring.end() && *found == place) {
            selection.vertices.push_back({before.part, before.ring, static_cast<int>(found - ring.begin())});
        }
    }
    return selection;
}

MoveVertexGesture::MoveVertexGesture(const Scene& scene, Grip grip)
    : LineGrip(scene, std::move(grip)), m_selection(scene.selection()) {
    const auto& chosen = m_selection.vertices;
    const geo::VertexId& vertex = this->grip().hit.vertex;
    m_movesChosen = chosen.size() > 1 && std::find(chosen.begin(), chosen.end(), vertex) != chosen.end();
    m_moving.emplace(this->grip().hit.point.x, this->grip().hit.point.y);
    const auto outline = scene.outline(this->grip().ref);
    for (const auto& each : m_movesChosen&& outline ? chosen : std::vector<geo::VertexId>()) {
        if (const auto* point = geo::vertexAt(outline->geometry, each)) {
            m_moving.emplace(point->x, point->y);
        }
    }
}

bool MoveVertexGesture::isMoving(geo::Point point) const {
    return m_moving.contains({point.x, point.y});
}

Proposal MoveVertexGesture::to(geo::Point target) {
    const geo::Point from = grip().hit.point;
    const geo::Point by{target.x - from.x, target.y - from.y};
    Proposal proposal = proposed([&] {
        return m_movesChosen ? nunatak::editing::moveVertices(draft(), grip().ref, m_selection.vertices, by,
                                                              grip().neighbours)
                             : nunatak::editing::moveVertex(draft(), grip().ref, grip().hit.vertex, target,
                                                            grip().neighbours);
    });
    if (m_movesChosen) {
        proposal.selection = stillSelected(proposal, m_selection, by);
    } else if (proposal.edit) {
        proposal.selection = vertexAt(proposal, grip().ref, grip().hit.vertex, target);
    }
    return proposal;
}

geo::Ring MoveVertexGesture::tried(geo::Point target) const {
    const auto outline = scene().outline(grip().ref);
    const geo::VertexId& vertex = grip().hit.vertex;
    if (m_movesChosen || !outline || geo::vertexAt(outline->geometry, vertex) == nullptr) {
        return {};
    }
    const geo::Ring& ring = geo::ringOf(outline->geometry, vertex.part, vertex.ring);
    return {neighbour(ring, vertex.index, ring.size() - 1), target, neighbour(ring, vertex.index, 1)};
}

Proposal InsertVertexGesture::to(geo::Point target) {
    Proposal proposal = proposed([&] {
        return nunatak::editing::insertVertex(draft(), grip().ref, grip().hit.vertex, target,
                                              grip().neighbours);
    });
    if (proposal.edit) {
        proposal.selection = vertexAt(proposal, grip().ref, grip().hit.vertex, target);
    }
    return proposal;
}

geo::Ring InsertVertexGesture::tried(geo::Point target) const {
    const auto outline = scene().outline(grip().ref);
    const geo::VertexId& from = grip().hit.vertex;
    if (!outline || geo::vertexAt(outline->geometry, from) == nullptr) {
        return {};
    }
    const geo::Ring& ring = geo::ringOf(outline->geometry, from.part, from.ring);
    return {neighbour(ring, from.index, 0), target, neighbour(ring, from.index, 1)};
}

Proposal LockedGesture::at(const Place&) {
    Proposal proposal;
    proposal.refusal = m_reason;
    proposal.locked = m_ref;
    return proposal;
}

} // namespace nunatak::ui::tools
