// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "editing/changed_edges.h"
#include "editing/edge_indices.h"
#include "editing/edit.h"
#include "editing/ring_splice.h"
#include "outlines/outline_ref.h"
#include "outlines/outline_set.h"

#include <functional>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace nunatak::editing {

/// A layer as a draft sees it.
struct DraftLayer {
    DraftLayer(const outlines::OutlineSet* set = nullptr, bool isSide = false)
        : outlines(set), mayOverlap(isSide) {}
    const outlines::OutlineSet* outlines; ///< null: there is no such layer
    bool mayOverlap;                      ///< its outlines may lie over one another, as those of side layers
};
using LayerSource = std::function<DraftLayer(const std::string& layer)>;

/// What becomes of an outline: other vertices by splices, or another shape.
struct Reshape {
    outlines::OutlineRef ref;
    std::vector<RingSplice> splices;
    std::optional<geo::MultiPolygon> shape{}; ///< instead of splices
    /// In which edges the shape is another, where who made it knows that, and that its rings lie as they
    /// must: then only these are looked at.
    std::optional<ChangedEdges> edges{};
    /// Of which outlines the shape is made, where that is another's ground or a piece of an outline: what is
    /// wrong with these already is no reason against it.
    std::vector<outlines::OutlineHandle> madeOf{};
};

/// Layers as they would be: operations change it, nobody else sees it, and what became different is an Edit.
/// A copy costs what was changed in it, nothing of the layers, which must stay as they are meanwhile.
class Draft {
public:
    /// `indices` outlives the draft.
    Draft(LayerSource layers, EdgeIndices& indices);

    /// Null where there is none, or no more.
    outlines::OutlineHandle find(const outlines::OutlineRef& ref) const;
    /// Throws Error when there is none.
    outlines::OutlineHandle require(const outlines::OutlineRef& ref) const;
    EdgeIndices& indices() const { return *m_indices; }

    /// Outlines of a layer whose extents meet this one.
    std::vector<outlines::OutlineHandle> near(const std::string& layer, const geo::Extent& extent) const;
    /// Outlines of this layer may lie over one another.
    bool mayOverlap(const std::string& layer) const { return m_layers(layer).mayOverlap; }

    /// Other vertices or shapes for outlines, each named once, the one in the hand first; judged together, so
    /// that one may take what another gives up. All or none: throws as the gate does, for each outline
    /// (gate.h) and for what they owe to their neighbours (gate_neighbours.h).
    void reshape(std::vector<Reshape> changes);
    void reshape(const outlines::OutlineRef& ref, std::vector<RingSplice> splices);
    void reshape(const outlines::OutlineRef& ref, geo::MultiPolygon shape);
    /// Adds or replaces an outline by its uuid, without asking the gate.
    void put(const std::string& layer, outlines::Outline outline);
    void remove(const outlines::OutlineRef& ref);

    /// How many other outlines became different by more than vertices that came or went on their lines.
    std::size_t changedBeside(const outlines::OutlineRef& ref) const;
    /// What became different, in the order in which it did.
    Edit edit(std::string description, std::optional<outlines::OutlineRef> then) const;

private:
    struct Change {
        outlines::OutlineHandle before;
        outlines::OutlineHandle after;
        std::size_t order;
        bool isAlong = false;
    };
    Change& change(const outlines::OutlineRef& ref);

    LayerSource m_layers;
    EdgeIndices* m_indices;
    std::map<outlines::OutlineRef, Change> m_changes;
};

} // namespace nunatak::editing
