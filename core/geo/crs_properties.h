// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "geo/proj_context.h"

#include <optional>
#include <string>

namespace nunatak::geo {

/// What the rest of the program asks of a coordinate system, looked up once.
struct CrsProperties {
    std::string name;
    std::optional<int> epsg;
    bool projected = false;
    bool geographic = false;
    bool utmOrPolarStereographic = false; ///< and in metres
    double metresPerUnit = 1;             ///< degrees per unit when geographic
};

/// The code of the UTM zone (WGS 84) that a system is which says no more of its datum than that its ellipsoid
/// is that of WGS 84, as HLS' L30 files do; none for any other.
std::optional<int> unnamedUtm(ProjContext& context, const PJ* system);

CrsProperties propertiesOf(ProjContext& context, const PJ* system);

} // namespace nunatak::geo
