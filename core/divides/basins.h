// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/image.h"
#include "divides/neighbourhood.h"
#include "divides/surface.h"

#include <vector>

// The drainage basins of the ice and how they hang together: worked out once, from which glaciers of any size
// are put together at the speed of the hand (merge_basins.h).
//
// Method. Of each pixel of ice the way of steepest descent is followed (flow_directions.h); what leaves the
// ice at one pixel of the margin, or ends in one pit, is a basin. A pit drains over its lowest saddle, and on
// from there until the ice is left: what Priority-Flood (Barnes, Lehman & Mulla 2014, Computers & Geosciences
// 62) finds with a queue of pixels is found here on the graph of basins, by Borůvka's minimum spanning tree
// (as Cordonnier, Bovy & Braun 2019, Earth Surface Dynamics 7), which takes no queue and less memory. A pit
// behind a margin that is higher drains over the lowest place of it.
namespace nunatak::divides {

/// What drains off the ice at one place.
struct Basin {
    Pixel outlet = 0;         ///< where it leaves the ice
    float outletHeight = 0;   ///< m; where a pit spills over the margin that of the spill
    std::uint32_t pixels = 0; ///< in the ice
};

/// Where two basins meet.
struct Saddle {
    std::int32_t a = 0; ///< index of a basin; less than b
    std::int32_t b = 0;
    float height = 0;        ///< m, of the lowest way from one to the other
    Pixel pixel = 0;         ///< there
    std::uint32_t edges = 0; ///< length of their divide, in edges of pixels
};

struct Basins {
    Image<std::int32_t> labels; ///< index of a basin + 1; 0: no ice. Of pixels that are touched, too
    std::vector<Basin> basins;
    std::vector<Saddle> saddles; ///< of each pair that meets, once; the lowest first
};

/// Takes about 15 bytes per pixel at most, the surface included. Heights must be there for all ice
/// (fillVoids); ice without one is in no basin. The raster's edge is a margin.
/// Throws Cancelled, and Error for a raster of more pixels than can be counted (858 million).
Basins basinsOf(const Surface& surface, const Progress& progress = {});

} // namespace nunatak::divides
