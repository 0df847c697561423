// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "geo/polygon.h"

namespace nunatak::geo {

/// The area as RGI 7 has it: in the plane of the cylindrical equal-area projection of WGS 84 (PROJ's cea), in
/// which lines are straight from vertex to vertex; m², holes subtracted.
/// @param degrees longitude and latitude, without a jump at the 180th meridian (unwrapped())
double equalAreaOf(const MultiPolygon& degrees);

} // namespace nunatak::geo
