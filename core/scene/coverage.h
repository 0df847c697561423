// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/progress.h"
#include "raster/raster_reader.h"
#include "scene/scene.h"

#include <vector>

namespace nunatak::scene {

/// Places all over a scene: of the raster that gave it its grid, if one did, for a grid in another system is
/// larger than the raster and empty at its corners.
class Places {
public:
    explicit Places(const geo::Grid& grid);
    explicit Places(const raster::RasterInfo& giver);

    /// Share of the places that a raster or its tiles reach, to half of their own pixel. The tiles' bounds
    /// together are more than that: one may be missing among them.
    double reachedBy(const std::vector<raster::RasterInfo>& files) const;
    /// The pixels of a raster around all places that it reaches; empty where it reaches none.
    geo::PixelWindow pixelsOf(const raster::RasterInfo& info) const;

private:
    geo::Crs m_crs;
    std::vector<geo::Point> m_points;
};

/// Says in the notes which share of the scene has no heights, if any and if they do not say so yet.
void noteWithoutHeights(Scene& scene, double share);
/// The same by the elevation's pixels, where these lie in local files, or by what its tiles reach, in place
/// of what was said before. Throws Error when a raster cannot be read, Cancelled.
void noteHeights(Scene& scene, const Progress& progress);

} // namespace nunatak::scene
