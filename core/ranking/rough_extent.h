// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "geo/crs.h"

namespace nunatak::ranking {

/// Bounds of nine points of an extent in another system, for a first look at whether something is near; empty
/// when none of them can be expressed there.
geo::Extent roughExtent(const geo::Extent& extent, const geo::CoordinateTransform& transform);

} // namespace nunatak::ranking
