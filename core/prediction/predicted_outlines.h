// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/progress.h"
#include "geo/grid.h"
#include "prediction/predict_scene.h"

#include <vector>

namespace nunatak::prediction {

/// Outlines in the project's system of shapes on the grid, with everything they have to tell.
std::vector<outlines::Outline> outlinesOf(const std::vector<geo::MultiPolygon>& shapes, const geo::Grid& grid,
                                          const geo::Crs& projectCrs, const scene::Scene& scene,
                                          const ScenePrediction& prediction, const Progress& progress);

/// What a map of classes of the whole scene says: run, region, glaciers and how many were too small (m²).
/// modelName, modelFingerprint and threshold must be there already.
void fillInOutlines(ScenePrediction& prediction, Image<std::uint8_t> classes, const geo::Grid& grid,
                    double minimumArea, OutlineForm form, const scene::Scene& scene,
                    const geo::Crs& projectCrs, const Progress& progress);

} // namespace nunatak::prediction
