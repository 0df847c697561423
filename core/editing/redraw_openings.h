// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "editing/redraw_plan.h"
#include "geo/polygon.h"

#include <vector>

// A line that neighbours share, drawn anew across lines of holes: behind it their ground begins where there
// is ice, at the hole's line where there is none.
namespace nunatak::editing {

/// Where the line leads through what is no ice of the outline.
struct Opening {
    geo::Ring through; ///< the line there, with both places where it crosses the hole's
};

/// A line as those beside the outline have it.
struct NeighboursLine {
    Excursion excursion; ///< around the holes on their side
    std::vector<Opening> openings;
};

/// `shape` has vertices where the line crosses other rings. Throws Refused where the line enters another
/// part, which is nobody's to give, or meets a hole again so that pieces beyond it would be cut off.
NeighboursLine aroundHoles(const geo::MultiPolygon& shape, const Excursion& excursion);

/// The outline of which its neighbours have this line: through the holes again, which it opens. `drawn`: with
/// the line of the neighbours.
geo::MultiPolygon throughHoles(geo::MultiPolygon drawn, const NeighboursLine& line);

} // namespace nunatak::editing
