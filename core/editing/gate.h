// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/error.h"
#include "editing/ring_splice.h"
#include "geo/edge_index.h"
#include "geo/polygon.h"

#include <optional>
#include <span>
#include <string>
#include <vector>

// The one place that says no to an edit: rings are simple, holes lie inside, parts apart. It refuses what an
// edit makes worse, never what was wrong before: an imported outline that crosses itself can be put right
// vertex by vertex. What an outline owes to its neighbours is asked in gate_neighbours.h.
namespace nunatak::editing {

/// An edit that is not done. The message is a short sentence that fits beside the pointer.
class Refused : public Error {
public:
    Refused(const std::string& sentence, std::optional<geo::Point> place);
    /// Where the reason lies; none: everywhere.
    const std::optional<geo::Point>& place() const { return m_place; }

private:
    std::optional<geo::Point> m_place;
};

/// Looks at the edges that go and those that come, against what `index` (of `before`) finds near them: the
/// same work on a ring of 100 and of 100,000 vertices. Only where rings touch each other in a point the whole
/// shape is checked. Throws Refused, and Error for coordinates that are no numbers.
void throwIfWorse(const geo::MultiPolygon& before, const geo::EdgeIndex& index,
                  std::span<const RingSplice> splices);

/// Edges of a shape.
struct EdgesOf {
    const geo::MultiPolygon& shape;
    const geo::EdgeIndex& index;
    const std::vector<geo::VertexId>& edges;
};
/// The same for the edges that go of a shape and those that come in another one. How rings lie in each other
/// is not asked: who makes a shape by its sides knows it.
void throwIfWorse(const EdgesOf& going, const EdgesOf& coming);

/// The same for any change of a shape; checks the whole of it.
void throwIfWorse(const geo::MultiPolygon& before, const geo::MultiPolygon& after);
/// The same for a shape that is made of several, or is a piece of one.
void throwIfWorse(std::span<const geo::MultiPolygon* const> before, const geo::MultiPolygon& after);

} // namespace nunatak::editing
