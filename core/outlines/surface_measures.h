// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "geo/polygon.h"

#include <optional>
#include <string>

namespace nunatak::outlines {

/// What an elevation model says of a glacier, by RGI 7's definitions (topography/glacier_surface.h).
struct SurfaceMeasures {
    double lowest = 0;  ///< m
    double highest = 0; ///< m
    double median = 0;  ///< m
    double mean = 0;    ///< m
    double slope = 0;   ///< degrees, the mean over the pixels
    double aspect = 0;  ///< degrees clockwise from north, of the mean gradient; 0 to 360
    /// RGI's number of the sector: 1 north, 2 north-east … 8 north-west.
    int aspectSector = 0;
    std::optional<int> length{};          ///< of the main centre line, m
    std::optional<geo::Point> terminus{}; ///< where that ends, longitude and latitude
};

/// RGI's number of the sector of an aspect in degrees: 1 north (from 337.5° to 22.5°) to 8 north-west.
int aspectSector(double degrees);

/// The measures, or why there are none, as the end of a sentence.
struct MeasuredSurface {
    std::optional<SurfaceMeasures> measures{};
    std::string why{};
};

} // namespace nunatak::outlines
