// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "geo/grid.h"
#include "raster/raster_reader.h"

#include <optional>

namespace nunatak::scene {

/// How the heights of one tile go on in those of another, in the unit of the files.
struct TileStep {
    double height = 0;    ///< how much higher the second is, than where the first would go on; the median
    double roughness = 0; ///< how much the ground's own slope differs from pixel to pixel there; the median
    double factor = 1;    ///< the second's heights by the first's; 1 where they are near 0
};

/// Where two tiles of one coordinate system lie over each other by half a pixel or more each way, in the
/// coordinates of the first; empty where they do not. Longitudes are the same modulo 360.
geo::Extent commonOf(const raster::RasterInfo& first, const raster::RasterInfo& second);

/// Where they lie over each other; roughness is 0 then. None without common pixels with data.
std::optional<TileStep> stepInOverlap(const raster::RasterInfo& first, const raster::RasterInfo& second);

/// Along the edge where one ends and the other begins; a column or row that is missing between them is no
/// gap. None where they do not touch, or have no data on both sides.
std::optional<TileStep> stepAtEdge(const raster::RasterInfo& first, const raster::RasterInfo& second);

} // namespace nunatak::scene
