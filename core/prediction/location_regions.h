// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "geo/polygon.h"

#include <string>
#include <vector>

namespace nunatak::prediction {

/// A first-order glacier region of the Randolph Glacier Inventory, or neighbours that the published models
/// take together.
struct GlacierRegion {
    std::string number;      ///< of the RGI, such as "11" or "13 to 15"
    std::string name;        ///< the RGI's
    std::string code;        ///< of the published models; empty: none was trained there
    geo::MultiPolygon shape; ///< longitude and latitude in degrees
};

/// All regions; where two overlap the first one counts.
const std::vector<GlacierRegion>& glacierRegions();

/// The region of a place (degrees, any turn of the longitude); null where there is none.
const GlacierRegion* glacierRegionAt(double latitude, double longitude);

} // namespace nunatak::prediction
