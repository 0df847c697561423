// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/progress.h"
#include "geo/crs.h"

#include <string>
#include <vector>

namespace nunatak::project {
class Project;
} // namespace nunatak::project

namespace nunatak::cli {

/// The shapes that --within means: a layer of the project (where there is one), else a file with polygons,
/// all dates of it. Features of the file that give none are told in `notes`. Throws Error where it is
/// neither.
std::vector<geo::MultiPolygon> namedShapes(const project::Project* project, const geo::Crs& crs,
                                           const std::string& name, std::vector<std::string>& notes,
                                           const Progress& progress);

} // namespace nunatak::cli
