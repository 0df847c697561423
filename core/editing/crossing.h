// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "geo/polygon.h"

namespace nunatak::editing {

/// Where the segment from a to b, whose ends lie on both sides of the line through c and d, cuts it.
geo::Point crossingOf(geo::Point a, geo::Point b, geo::Point c, geo::Point d);

} // namespace nunatak::editing
