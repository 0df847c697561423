// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "outlines/outline_set.h"
#include "overlays/overlay.h"
#include "raster/reader_pool.h"

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

namespace nunatak::overlays {

/// Probability, confidence and uncertainty of each prediction of a scene whose rasters lie in `folder` (a
/// project's). Empty where there is no such folder.
std::vector<Overlay> overlaysOfPredictions(const std::filesystem::path& folder, const std::string& sceneId,
                                           std::shared_ptr<raster::ReaderPool> pool);

/// The rasters of probability among these, one a prediction of the scene.
std::vector<std::filesystem::path> probabilitiesOf(const std::filesystem::path& folder,
                                                   const std::string& sceneId);

/// Where two layers of outlines (in `crs`, the project's) differ: 1 where only `model` has ice, -1 where only
/// `expert` has, no data where they agree. `names`: of both layers, for people.
Overlay differenceOf(outlines::OutlineSet model, outlines::OutlineSet expert, const geo::Crs& crs,
                     const std::string& modelName, const std::string& expertName);

} // namespace nunatak::overlays
