// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "raster/raster_reader.h"
#include "scene/scene.h"

#include <string>
#include <vector>

namespace nunatak::scene {

/// A random (version 4) UUID.
std::string newUuid();

/// Throws Error when names and numbers of the bands do not fit each other, the file, or what the program
/// knows.
void checkRaster(const SceneRaster& raster, const raster::RasterInfo& info);

/// The grid a raster gives to a scene: its own if it is north-up and in UTM or polar stereographic, else a
/// north-up one with pixels of the same size on the ground in the zone of its centre.
geo::Grid gridFrom(const raster::RasterInfo& info);
/// Which raster gives a scene its grid: the optical one with the smallest pixels, or of the others where none
/// is optical.
std::size_t gridGiver(const std::vector<SceneRaster>& rasters, const std::vector<raster::RasterInfo>& infos);

/// Looks at each raster's header: checks them, notes their sizes, works out the grid unless the scene has
/// one, takes units and references of heights as the files say them, and makes sure that the rasters lie
/// where the scene is and tiles of elevation fit together. Throws Error.
void complete(Scene& scene);

} // namespace nunatak::scene
