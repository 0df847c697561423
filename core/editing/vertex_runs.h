// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "editing/ring_splice.h"
#include "geo/polygon.h"

#include <map>
#include <set>
#include <utility>
#include <vector>

// Vertices of an outline, taken together where they are neighbours.
namespace nunatak::editing {

using RingName = std::pair<int, int>; ///< part, ring; as in VertexId

/// The vertices ring by ring, each once. Throws Error where the shape has no such vertex.
std::map<RingName, std::set<std::size_t>> byRing(const geo::MultiPolygon& shape,
                                                 const std::vector<geo::VertexId>& vertices);

/// A shape without these rings; a part goes with its outer one.
geo::MultiPolygon withoutRings(geo::MultiPolygon shape, const std::set<RingName>& rings);

/// For each run of neighbours among these vertices of a ring of `size` a splice that takes them out; one that
/// runs over the ring's beginning begins before it, one of all vertices at 0.
void addRuns(const RingName& name, std::size_t size, const std::set<std::size_t>& vertices,
             std::vector<RingSplice>& splices);

} // namespace nunatak::editing
