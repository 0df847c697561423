// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/image.h"
#include "geo/grid.h"
#include "prediction/outline_form.h"

#include <cstdint>
#include <vector>

namespace nunatak::prediction {

struct PolygoniseResult {
    std::vector<geo::MultiPolygon> glaciers; ///< one polygon each, in the grid's crs, valid, holes kept
    int dropped = 0;                         ///< polygons under the minimum area
};

/// Outlines of the Glacier pixels that hang together by their edges, from north to south.
/// @param minimumArea m², geodesic; smaller polygons are dropped and counted. RGI: 10,000 m².
/// Takes the classes over when they are moved in: a scene needs its byte per pixel once.
PolygoniseResult polygonise(Image<std::uint8_t> classes, const geo::Grid& grid, double minimumArea,
                            OutlineForm form);

/// The other way: 1 where a pixel's middle lies in the shape with that index + 1, 0 elsewhere; later shapes
/// win.
Image<std::int32_t> rasterise(const std::vector<geo::MultiPolygon>& shapes, const geo::Grid& grid);
/// The same for every pixel that a shape touches at all.
Image<std::int32_t> touchedPixels(const std::vector<geo::MultiPolygon>& shapes, const geo::Grid& grid);

} // namespace nunatak::prediction
