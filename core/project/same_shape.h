// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "geo/polygon.h"

namespace nunatak::project {

/// True where two shapes (in metres) are the same but for what files do to them: rings that begin elsewhere,
/// run the other way round or come in another order, coordinates within 2 cm (GeoJSON has seven decimals of
/// a degree). A vertex more or less makes another shape.
bool isSameShape(const geo::MultiPolygon& a, const geo::MultiPolygon& b);

} // namespace nunatak::project
