// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "geo/crs.h"

namespace nunatak::geo {

/// A point within the shape, well away from its boundary where it is wide: the middle of the widest stretch
/// of a line from west to east, halfway up the part that has it. What GEOS calls a point on the surface, in
/// two walks along the vertices. Throws Error for a shape without area.
Point innerPoint(const MultiPolygon& shape);

/// The inner point as RGI 7 has it (cenlon, cenlat): found in longitude and latitude, not in the plane of a
/// projection. Longitude between −180 and 180. `toDegrees` leads from the shape's system to degrees.
Point innerPointInDegrees(const MultiPolygon& shape, const CoordinateTransform& toDegrees);

} // namespace nunatak::geo
