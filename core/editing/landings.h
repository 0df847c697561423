// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "editing/boundary_chains.h"
#include "geo/edge_index.h"

namespace nunatak::editing {

/// Where other lines came to one that is drawn anew: gives each such end of a run its landing, and the new
/// line a vertex there. A line that the new one runs beyond is cut where it crosses it; one that it leaves is
/// led on to the nearest place. `after` is the outline with the lines that are new.
void landOnLines(LineChanges& lines, std::vector<Sharer>& sharers, const geo::MultiPolygon& after,
                 const geo::EdgeIndex& index);

/// True where there is such an end.
bool needLandings(const LineChanges& lines, const std::vector<Sharer>& sharers);

} // namespace nunatak::editing
