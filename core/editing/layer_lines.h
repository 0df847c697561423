// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "editing/overlapping_lines.h"
#include "geo/box_tree.h"
#include "outlines/outline.h"

#include <cstddef>
#include <vector>

namespace nunatak::editing {

/// The lines of many outlines, to be asked what lies near a place: each has an index of its own, and a tree
/// over all of them finds which to ask. For work on whole layers, where EdgeIndices would forget.
class LayerLines {
public:
    /// Outlines are numbered so that neighbours in number are neighbours on the map.
    explicit LayerLines(std::vector<outlines::OutlineHandle> outlines);

    std::size_t size() const { return m_outlines.size(); }
    const outlines::OutlineHandle& outline(std::size_t number) const { return m_outlines[number]; }
    const geo::MultiPolygon& shape(std::size_t number) const { return m_outlines[number]->geometry; }
    Indexed indexed(std::size_t number) const { return {&shape(number), m_indices[number]}; }

    /// Calls visit(number) for each outline whose extent meets the area.
    template <typename Visit> void visitOutlines(const geo::Extent& area, Visit&& visit) const {
        m_tree.visit(area, visit);
    }
    /// Calls visit(number, edge) for each edge whose box meets the area.
    template <typename Visit> void visitEdges(const geo::Extent& area, Visit&& visit) const {
        m_tree.visit(area, [&](std::size_t number) {
            m_indices[number]->visit(shape(number), area,
                                     [&](const geo::Edge& edge) { visit(number, edge); });
        });
    }

private:
    std::vector<outlines::OutlineHandle> m_outlines;
    std::vector<EdgeIndices::Index> m_indices;
    geo::BoxTree m_tree;
};

} // namespace nunatak::editing
