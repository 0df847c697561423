// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "outlines/outline.h"
#include "outlines/outline_ref.h"

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

namespace nunatak::ui::layers {

/// Which outlines of references are another shape than all of the inventories have: those worth drawing.
/// Kept by what changes. Shapes are the same bit by bit or not; those that differ in extent, area or
/// number of vertices, as nearly all do, are told apart without a look at their vertices.
class ReferenceDifference {
public:
    /// References of which differs() may say something else than before.
    using Turned = std::set<outlines::OutlineRef>;

    void addShown(const outlines::OutlineHandle& ofInventory, Turned& turned);
    void removeShown(const outlines::OutlineHandle& ofInventory, Turned& turned);
    void addReference(const std::string& layer, const outlines::OutlineHandle& outline);
    void removeReference(const std::string& layer, const outlines::OutlineHandle& outline);
    void clear();

    /// True where no inventory has this very shape.
    bool differs(const outlines::OutlineHandle& outline) const;

private:
    struct Reference {
        outlines::OutlineRef ref;
        outlines::OutlineHandle outline;
    };
    void turn(const outlines::OutlineHandle& shape, Turned& turned) const;

    // By what all of one shape have in common.
    std::unordered_map<std::uint64_t, std::vector<outlines::OutlineHandle>> m_shown;
    std::unordered_map<std::uint64_t, std::vector<Reference>> m_references;
};

} // namespace nunatak::ui::layers
