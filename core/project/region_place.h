// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "geo/polygon.h"

namespace nunatak::project {

enum class Place { Inside, Outside, Both };

/// Where a box lies in a region. Most outlines lie clearly on one side of its few edges and need no clipping.
Place placeOf(const geo::Extent& box, const geo::MultiPolygon& region);

} // namespace nunatak::project
