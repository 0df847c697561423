// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

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

namespace nunatak::editing {

/// The outlines of a layer; null where there is no such layer.
using LayerSource = std::function<const outlines::OutlineSet*(const std::string& layer)>;

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

    /// Other vertices for an outline. Throws as throwIfWorse() of the gate.
    void reshape(const outlines::OutlineRef& ref, std::vector<RingSplice> splices);
    /// Another shape for an outline. Throws as throwIfWorse() of the gate for whole shapes.
    void reshape(const outlines::OutlineRef& ref, geo::MultiPolygon shape);
    /// Adds or replaces an outline by its uuid, without asking the gate.
    void put(const std::string& layer, outlines::Outline outline);
    void remove(const outlines::OutlineRef& ref);

    /// What became different, in the order in which it did.
    Edit edit(std::string description, std::optional<outlines::OutlineRef> then) const;

private:
    struct Change {
        outlines::OutlineHandle before;
        outlines::OutlineHandle after;
        std::size_t order;
    };
    Change& change(const outlines::OutlineRef& ref);

    LayerSource m_layers;
    EdgeIndices* m_indices;
    std::map<outlines::OutlineRef, Change> m_changes;
};

} // namespace nunatak::editing
