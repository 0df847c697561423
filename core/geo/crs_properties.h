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

CrsProperties propertiesOf(ProjContext& context, const PJ* system);

} // namespace nunatak::geo
