// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "raster/raster_reader.h"
#include "scene/open_scene.h"

namespace nunatak::scene {

/// A raster that somebody says the feature (and perhaps the bands) of. What was assumed is added to `notes`.
/// One band of radar whose orbit is not known is left unnamed (""). Throws as sceneFromRasters.
SceneRaster rasterFrom(const RasterArgument& argument, ReflectanceStorage storage,
                       std::vector<std::string>& notes);
/// Empty when three optical bands or more can be told by what the file says of them or by their number; else
/// why not, a clause such as "its bands have numbers, …".
std::string whyNoOpticalBands(const raster::RasterReader& reader);
/// Says in the notes what the scene lacks that most models need.
void noteMissing(Scene& scene);

} // namespace nunatak::scene
