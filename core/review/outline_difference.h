// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "geo/crs.h"
#include "geo/polygon.h"

#include <optional>

namespace nunatak::review {

/// What an outline is beside another one of the same glacier: a prediction, an expert's, its own of before.
struct OutlineDifference {
    double areaBefore = 0; ///< m², geodesic, as all areas here
    double areaAfter = 0;
    geo::MultiPolygon gained; ///< ground that only the outline of after has
    geo::MultiPolygon lost;   ///< only that of before
    double gainedArea = 0;
    double lostArea = 0;
    /// How far the lines lie apart, m on the ground: the mean of both directions, and the larger of the two
    /// largest (Hausdorff). None where one of them has no line.
    std::optional<double> meanDistance;
    std::optional<double> largestDistance;
    geo::Point farthest; ///< where that is, on either line
};

/// Both in `crs`. Distances are taken at the vertices and along the edges between them, a thousandth of the
/// line apart at most, to the nearest place of the other line: a hand moves lines by less than a pixel, so
/// they are not measured on pixels as comparison::BoundaryDistance is. Shapes that are not valid are read by
/// the even-odd rule. Throws Error where GEOS cannot do with them.
OutlineDifference differenceBetween(const geo::MultiPolygon& before, const geo::MultiPolygon& after,
                                    const geo::Crs& crs);

} // namespace nunatak::review
