// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "database/rows.h"
#include "geo/crs.h"

namespace nunatak::project {

/// The row by which other programs recognise the project's coordinate system.
database::SpatialReference spatialReferenceOf(const geo::Crs& crs);

} // namespace nunatak::project
