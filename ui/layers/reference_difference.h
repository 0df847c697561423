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
/// Kept by what changes. Shapes are told apart by their fingerprints, which are equal bit by bit or not.
class ReferenceDifference {
public:
    /// References whose outlines are to be drawn from now on, or no longer.
    using Turned = std::set<outlines::OutlineRef>;

    void addShown(const outlines::Outline& ofInventory, Turned& turned);
    void removeShown(const outlines::Outline& ofInventory, Turned& turned);
    void addReference(const std::string& layer, const outlines::Outline& outline);
    void removeReference(const std::string& layer, const outlines::Outline& outline);
    void clear();

    /// True where no inventory has this very shape.
    bool differs(const outlines::Outline& outline) const;

private:
    void turn(std::uint64_t shape, Turned& turned) const;

    std::unordered_map<std::uint64_t, int> m_shown; ///< how many outlines of inventories have a shape
    std::unordered_map<std::uint64_t, std::set<outlines::OutlineRef>> m_references;
};

} // namespace nunatak::ui::layers
