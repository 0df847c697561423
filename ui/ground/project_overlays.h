// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "overlays/overlay.h"
#include "project/project.h"
#include "raster/reader_pool.h"
#include "scene/scene_reader.h"

#include <memory>
#include <string>
#include <vector>

namespace nunatak::ui::ground {

/// The rasters that a project can lay over one of its scenes: its predictions', the differences of its layers
/// as they are now, the scene's own. Conditions of the scene take long to find and come from their own
/// function.
std::vector<overlays::Overlay> overlaysOfProject(const project::Project& project,
                                                 const std::shared_ptr<const scene::SceneReader>& scene,
                                                 const std::shared_ptr<raster::ReaderPool>& pool);

/// Of these the differences of its layers alone, which an edit makes others; `scene`: its id. Each has the
/// outlines as they are at this moment.
std::vector<overlays::Overlay> differencesOfProject(const project::Project& project,
                                                    const std::string& scene);

} // namespace nunatak::ui::ground
