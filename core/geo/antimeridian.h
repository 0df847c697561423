// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "geo/crs.h"

// Shapes in longitude and latitude (degrees) that reach across the 180th meridian.
namespace nunatak::geo {

/// The shape with longitudes that grow and fall steadily, beyond ±180 where they have to: no two neighbours
/// of a ring, and no two parts, are more than half a turn from one another. Throws Error for a shape that
/// goes around a pole, which cannot be drawn in longitude and latitude.
MultiPolygon unwrapped(const MultiPolygon& shape);

/// The shape cut where it crosses the 180th meridian, all of it between −180 and 180 (RFC 7946, 3.1.9).
/// Throws Error as unwrapped() does.
MultiPolygon cutAtAntimeridian(const MultiPolygon& shape);

} // namespace nunatak::geo
