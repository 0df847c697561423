// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "geo/polygon.h"
#include "wire/cost_surface.h"
#include "wire/path_search.h"

#include <vector>

namespace nunatak::wire {

/// A path over pixels as a line from place to place: on the edge within the pixel, and the less clear that is
/// the smoother (evenLine()); straight where there is none. A hand that clicks a little beside an edge means
/// a line beside it: how far either end lies from the edge, up to three pixels, the line lies from it, too,
/// more like that end the nearer to it. No more vertices than a line within a quarter of a pixel needs, no
/// loops shorter than four pixels. Both ends are exact.
geo::Ring wireLine(const std::vector<PathSearch::Pixel>& path, const CostSurface& surface, geo::Point from,
                   geo::Point to);

} // namespace nunatak::wire
