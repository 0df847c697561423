// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "divides/divide.h"
#include "raster/raster_reader.h"

#include <functional>
#include <string>

namespace nunatak::project {
class Project;
} // namespace nunatak::project

namespace nunatak::tasks {

/// Which elevation model is meant.
struct ElevationChoice {
    std::string file;  ///< empty: that of the project's scenes
    std::string layer; ///< whose scene is taken where it has an elevation model, else the newest
    raster::Resampling resampling = raster::Resampling::Bilinear;
};

/// An elevation model that is to be opened, on any thread; it throws Error where it cannot be.
struct PlannedElevation {
    std::function<divides::Elevation()> open; ///< none: no file is named, and no scene has one
    std::string name;                         ///< of it, such as a file's; empty: unknown
    std::string identity; ///< another one where other heights would be read; empty where there is none
};

/// `around` is where it will be read, in the project's coordinates.
PlannedElevation planElevation(const project::Project& project, const ElevationChoice& choice,
                               const geo::Extent& around);

/// The name by which inventories call an elevation model (RGI 7's dem_source): COPDEM30, SRTM …, told from
/// the file's name; else that name.
std::string elevationSourceOf(const std::string& name);

} // namespace nunatak::tasks
