// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "outlines/outline.h"

#include <cstddef>
#include <utility>
#include <vector>

namespace nunatak::comparison {

using Shapes = std::vector<geo::MultiPolygon>;

/// Pairs of places in both lists whose boxes meet; costs n log n and what is found.
std::vector<std::pair<std::size_t, std::size_t>> pairsThatMayMeet(const Shapes& ones, const Shapes& others);

/// Outlines that belong together, by their places in both lists.
struct Group {
    std::vector<std::size_t> models;
    std::vector<std::size_t> experts;
};

/// All that hang together by links (place of a model's, place of an expert's); one without a link is alone.
std::vector<Group> groupsOf(std::size_t models, std::size_t experts,
                            const std::vector<std::pair<std::size_t, std::size_t>>& links);

/// Those with the same text of an attribute; "" links nothing.
std::vector<std::pair<std::size_t, std::size_t>>
linksByAttribute(const std::vector<outlines::OutlineHandle>& models,
                 const std::vector<outlines::OutlineHandle>& experts, const std::string& attribute);

} // namespace nunatak::comparison
