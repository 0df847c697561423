// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "geo/crs.h"

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

// Measures and operations on polygons; planar ones by GEOS, geodesic ones by PROJ. Free functions, callable
// from any thread (each call uses a context of its own thread).
namespace nunatak::geo {

/// Area on the ellipsoid in m² (geodesic; Karney 2013), holes subtracted.
double geodesicArea(const MultiPolygon& shape, const Crs& crs);
/// Area in squared units of the coordinates, holes subtracted.
double planarArea(const MultiPolygon& shape);

/// Empty when the shape is valid by the rules of Simple Features, else GEOS' reason with the place.
std::string invalidReason(const MultiPolygon& shape);
/// A valid shape of the same rings, read as areaWithin() does; polygons only.
MultiPolygon madeValid(const MultiPolygon& shape);

MultiPolygon intersection(const MultiPolygon& a, const MultiPolygon& b);
MultiPolygon unionOf(const MultiPolygon& a, const MultiPolygon& b);
MultiPolygon unionOf(std::span<const MultiPolygon> shapes);
MultiPolygon difference(const MultiPolygon& a, const MultiPolygon& b);
MultiPolygon buffered(const MultiPolygon& shape, double distance);
bool intersects(const MultiPolygon& a, const MultiPolygon& b);
/// Tells shapes apart: the same for the same vertices in the same order, on every machine; never 0. Not meant
/// against malice.
std::uint64_t fingerprint(const MultiPolygon& shape);
/// Planar distance between a point and the nearest boundary (any ring) of the shape.
double distanceToBoundary(const MultiPolygon& shape, Point point);

/// ISO well-known binary of a MULTIPOLYGON, little-endian, rings closed.
std::vector<std::uint8_t> toWkb(const MultiPolygon& shape);
/// POLYGON or MULTIPOLYGON, either byte order, Z and M dropped. Throws Error on anything else or on a
/// truncated blob.
MultiPolygon fromWkb(std::span<const std::uint8_t> wkb);

} // namespace nunatak::geo
