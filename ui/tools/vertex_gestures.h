// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "editing/neighbours.h"
#include "ui/tools/hit.h"
#include "ui/tools/magnet.h"
#include "ui/tools/tool.h"

#include <functional>
#include <set>
#include <utility>

namespace nunatak::ui::tools {

/// What a hand took hold of, and what was chosen for it.
struct Grip {
    outlines::OutlineRef ref;
    Hit hit;
    Place press;
    nunatak::editing::Neighbours neighbours = nunatak::editing::Neighbours::Together;
    Magnet magnet = Magnet::Lines;
};

/// A vertex, or a place on the line, that goes with the pointer: taken beside it, it does not jump; the
/// magnet may draw it elsewhere. It is selected afterwards.
class LineGrip : public Gesture {
public:
    LineGrip(const Scene& scene, Grip grip);
    Proposal at(const Place& place) final;

protected:
    /// With what was taken hold of at `target`.
    virtual Proposal to(geo::Point target) = 0;
    /// The line that is tried, to be drawn where it is refused; empty: none.
    virtual geo::Ring tried(geo::Point target) const = 0;
    /// Whether a vertex at this place moves with the pointer.
    virtual bool isMoving(geo::Point) const { return false; }

    const Scene& scene() const { return m_scene; }
    const Grip& grip() const { return m_grip; }
    const nunatak::editing::Draft& draft() const { return m_draft; }

private:
    const Scene& m_scene;
    nunatak::editing::Draft m_draft;
    Grip m_grip;
    geo::Point m_offset; ///< from the pointer to what it holds
};

/// Moves a vertex, and with it the other selected ones where it is one of them.
class MoveVertexGesture : public LineGrip {
public:
    MoveVertexGesture(const Scene& scene, Grip grip);

protected:
    Proposal to(geo::Point target) override;
    geo::Ring tried(geo::Point target) const override;
    bool isMoving(geo::Point point) const override;

private:
    Selection m_selection;
    std::set<std::pair<double, double>> m_moving; ///< places of the vertices that move
    bool m_movesChosen = false;
};

/// A new vertex on an edge, wherever the pointer draws it.
class InsertVertexGesture : public LineGrip {
public:
    using LineGrip::LineGrip;

protected:
    Proposal to(geo::Point target) override;
    geo::Ring tried(geo::Point target) const override;
};

/// Takes hold of what is locked and says so, rather than that the map moves away under the hand.
class LockedGesture : public Gesture {
public:
    LockedGesture(outlines::OutlineRef ref, QString reason)
        : m_ref(std::move(ref)), m_reason(std::move(reason)) {}
    Proposal at(const Place& place) override;

private:
    outlines::OutlineRef m_ref;
    QString m_reason;
};

/// Selected: the vertex of an outline that is at this place once an edit is done, in the ring where it was
/// `before`. It may have another number, where points of neighbours became vertices.
Selection vertexAt(const Proposal& proposal, const outlines::OutlineRef& ref, const geo::VertexId& before,
                   geo::Point place);

/// The selection when its vertices were moved by this much as proposed: they have other numbers where points
/// of neighbours became vertices between them.
Selection stillSelected(const Proposal& proposal, Selection selection, geo::Point by);

/// What work() proposes, or why the gate refuses it.
Proposal proposed(const std::function<nunatak::editing::Edit()>& work);

} // namespace nunatak::ui::tools
