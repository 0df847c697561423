// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "geo/polygon.h"

// Shapes in longitude and latitude (degrees) that reach across the 180th meridian.
namespace nunatak::geo {

/// The shape with longitudes that grow and fall steadily, beyond ±180 where they have to: no two neighbours
/// of a ring, and no two parts, are more than half a turn from one another. Throws Error for a shape that
/// goes around a pole, which cannot be drawn in longitude and latitude.
MultiPolygon unwrapped(const MultiPolygon& shape);
/// The same of the shape itself, which most often is so already; where it throws, the shape is as it was.
void unwrap(MultiPolygon& shape);

/// The shape cut where it crosses the 180th meridian, all of it between −180 and 180 (RFC 7946, 3.1.9).
/// Throws Error as unwrapped() does.
MultiPolygon cutAtAntimeridian(const MultiPolygon& shape);

/// A shape that was cut at ±180°, as files are, in one piece again; so is one that was not cut and whose
/// longitudes jump from 179° to −179°. Its longitudes then go on beyond 180. Any other shape, and one that
/// goes around a pole, comes back as it is.
MultiPolygon joinedAtAntimeridian(const MultiPolygon& shape);

/// True when a vertex lies on the meridian of 180° (to a decimetre), where a cut would be.
bool touchesAntimeridian(const MultiPolygon& shape);

} // namespace nunatak::geo
