// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "geo/polygon.h"

namespace nunatak::editing {

/// No wider than rounding of coordinates makes it (boundaries.h: onLine).
bool isSliver(const geo::Polygon& part);
/// Without slivers.
geo::MultiPolygon notable(geo::MultiPolygon shape);
/// The part of a shape with the largest outer ring; the shape has one.
const geo::Polygon& largestOf(const geo::MultiPolygon& shape);
/// What lies in both; empty where nothing does.
geo::Extent inBoth(const geo::Extent& a, const geo::Extent& b);

} // namespace nunatak::editing
