// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "geo/polygon.h"

#include <string>
#include <vector>

class OGRGeometry;

namespace nunatak::exchange {

/// What a feature's geometry gives.
struct FeatureShape {
    geo::MultiPolygon polygons; ///< as the file has them, perhaps invalid
    std::vector<geo::Ring> lines;
    std::vector<geo::Point> points;
    bool hadCurves = false;  ///< now short straight pieces
    bool hadHeights = false; ///< other than 0
    std::string otherParts;  ///< what it has besides or instead of polygons: "a point", "lines" …
};

/// `swapped`: the file stores north before east.
FeatureShape shapeOf(const OGRGeometry& geometry, bool swapped);

} // namespace nunatak::exchange
