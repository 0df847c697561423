// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "editing/draft.h"
#include "editing/neighbours.h"

#include <functional>
#include <string>
#include <vector>

namespace nunatak::editing {

/// Other vertices for an outline, and what that means for those beside it: the one way in which operations
/// change a line.
///
/// Together: what the lines have in common with other rings of the layer bit by bit changes there, too,
/// whichever way these run and wherever they begin. A point of one that lies on an edge of another (within
/// rounding) becomes a vertex of both where that edge changes. Where a line that is drawn anew passes a place
/// where lines of others came to the old one, these end at the new one: cut where it crosses them, else led
/// on to it. Where a point of the line comes to lie on an edge of an outline that is none of its owners, both
/// have a vertex. All owners are judged together and change together, or none.
///
/// NoOverlap: the others stay. What would enter one ends at its line, where both get a vertex, and follows it
/// vertex by vertex; refused where that leaves everything as it is.
///
/// A ring may be replaced as a whole: `first` 0, `removed` all of it.
/// Throws as Draft::reshape(), and Refused where nothing would be left of a neighbour.
void reshape(Draft& draft, const outlines::OutlineRef& ref, std::vector<RingSplice> splices,
             Neighbours neighbours, Line line);

/// Together, for an outline that itself becomes another than its neighbours' lines say: `own` makes it of the
/// shape with these.
void reshapeTogether(Draft& draft, const outlines::OutlineRef& ref, std::vector<RingSplice> splices,
                     Line line, const std::function<geo::MultiPolygon(geo::MultiPolygon drawn)>& own);

/// "Khumbu Glacier", "a glacier and its neighbour", "Khumbu Glacier and its 2 neighbours": what a draft
/// changed, within a sentence.
std::string withNeighbours(const Draft& draft, const outlines::OutlineRef& ref, const std::string& name);

} // namespace nunatak::editing
