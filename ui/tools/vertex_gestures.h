// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "editing/neighbours.h"
#include "ui/tools/tool.h"

namespace nunatak::ui::tools {

/// Moves a vertex with the pointer, and with it the other selected ones where it is one of them; taken beside
/// it, it does not jump.
class MoveVertexGesture : public Gesture {
public:
    MoveVertexGesture(const Scene& scene, outlines::OutlineRef ref, const geo::VertexId& vertex,
                      geo::Point point, const Place& press, nunatak::editing::Neighbours neighbours);
    Proposal at(const Place& place) override;

private:
    nunatak::editing::Draft m_draft;
    outlines::OutlineRef m_ref;
    geo::VertexId m_vertex;
    geo::Point m_pressed;
    geo::Point m_offset; ///< from the pointer to the vertex
    Selection m_selection;
    nunatak::editing::Neighbours m_neighbours;
    bool m_movesChosen = false;
};

/// A new vertex on an edge, wherever the pointer draws it.
class InsertVertexGesture : public Gesture {
public:
    InsertVertexGesture(const Scene& scene, outlines::OutlineRef ref, const geo::VertexId& from,
                        geo::Point point, const Place& press, nunatak::editing::Neighbours neighbours);
    Proposal at(const Place& place) override;

private:
    nunatak::editing::Draft m_draft;
    outlines::OutlineRef m_ref;
    geo::VertexId m_from;
    geo::Point m_offset;
    nunatak::editing::Neighbours m_neighbours;
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

/// The selection when its vertices were moved by this much as proposed: they have other numbers where points
/// of neighbours became vertices between them.
Selection stillSelected(const Proposal& proposal, Selection selection, geo::Point by);

/// What work() proposes, or why the gate refuses it.
Proposal proposed(const std::function<nunatak::editing::Edit()>& work);

} // namespace nunatak::ui::tools
