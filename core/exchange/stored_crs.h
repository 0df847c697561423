// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "geo/crs.h"

#include <filesystem>

namespace nunatak::exchange {

/// How many metres away from where it is in `crs` a point is placed by those who read the coordinate system
/// that a vector file says: a .prj, for one, knows no shifts between datums but those it has names for.
/// Throws Error where the file cannot be read again.
double misplacement(const std::filesystem::path& file, const geo::Crs& crs, geo::Point place);

} // namespace nunatak::exchange
