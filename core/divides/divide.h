// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "divides/basins.h"
#include "divides/merge_basins.h"
#include "divides/partition.h"
#include "divides/surface.h"
#include "outlines/outline.h"

#include <functional>
#include <optional>
#include <span>
#include <stop_token>
#include <string>
#include <utility>
#include <vector>

// Ice divides of an outline: from its watersheds, worked out once (seconds), to pieces and lines for any
// thresholds (as fast as the pixels of the outline can be looked at), or as an earlier inventory has them.
namespace nunatak::divides {

/// An elevation model as it is read here.
struct Elevation {
    /// In the coordinates of the outlines; pixels as large as its own, and where it can be its own. It need
    /// not reach anywhere: columns and rows do not count.
    geo::Grid posting;
    /// Heights in metres, NaN where there are none. May throw Error, Cancelled. Null: there is no elevation
    /// model.
    std::function<Image<float>(const geo::Grid& grid, const std::stop_token& stop)> read;
};

/// An outline with its watersheds.
struct Watersheds {
    geo::MultiPolygon outline;
    geo::Grid grid; ///< around it, of the elevation model's pixels
    Image<std::uint8_t> ground;
    Image<float> heights; ///< of groundOf() alone: the basins need them no more
    Basins basins;
    Voids voids;
    double pixelArea = 0; ///< m² on the ground
    std::string why;      ///< why it cannot be divided, a sentence; empty: it can
};

/// Voids are filled (fillVoids) where they are no more than a tenth of the outline, and heights are smoothed
/// (smoothHeights). It cannot be divided where
/// it is not valid, where the elevation model has no heights for more, or no relief.
/// Throws Cancelled, and Error as `elevation` does.
Watersheds watershedsOf(const geo::MultiPolygon& outline, const Elevation& elevation,
                        const Progress& progress = {});

/// The same for dividedLike() alone, which needs heights only where ice reaches beyond the earlier outlines:
/// only what is not valid cannot be divided, and where there are no heights, ice goes to what is nearest.
Watersheds groundOf(const geo::MultiPolygon& outline, const Elevation& elevation,
                    const Progress& progress = {});

/// Pairs of basins (indices) that somebody said are one glacier, whatever the thresholds say.
using JoinedBasins = std::vector<std::pair<std::int32_t, std::int32_t>>;

/// The glaciers of an outline by the drainage divides of its surface (mergeBasins() says after which method).
/// Owners are numbers without meaning. Parts of the outline that nothing divides go with the nearest piece.
/// Throws Cancelled.
Partition dividedByRelief(const Watersheds& watersheds, const Thresholds& thresholds,
                          const JoinedBasins& joined = {}, const Progress& progress = {});

/// Two basins on either side of the divide that dividedByRelief() draws nearest to a place, within two pixels
/// of it; none where it draws none there.
std::optional<std::pair<std::int32_t, std::int32_t>> basinsBeside(const Watersheds& watersheds,
                                                                  const Thresholds& thresholds,
                                                                  const JoinedBasins& joined,
                                                                  geo::Point place);

/// The glaciers of an outline as an earlier inventory has them: owners are indices of `earlier`, -1 for ice
/// that no earlier outline reaches. Within the earlier outlines their own lines divide, number by number;
/// ice beyond them is flooded from them in the order of its heights (Priority-Flood with labels: Barnes,
/// Lehman & Mulla 2014), so that it goes to what it drains into. What is cut off from the largest piece of
/// an earlier glacier, from `leastArea` (m²) on, is a piece of its own with the same owner. Where earlier
/// lines run so near to the outline's own that they cannot cut it, lines between the pixels do. Throws
/// Cancelled.
Partition dividedLike(const Watersheds& watersheds, std::span<const outlines::OutlineHandle> earlier,
                      double leastArea, const Progress& progress = {});

} // namespace nunatak::divides
