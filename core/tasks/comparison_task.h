// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/progress.h"
#include "comparison/comparison.h"

#include <string>
#include <vector>

namespace nunatak::project {
class Project;
} // namespace nunatak::project

namespace nunatak::tasks {

/// Comparing two layers of a project as the window and the command line both do it. A value: any thread may
/// carry it out.
struct ComparisonTask {
    std::vector<outlines::OutlineHandle> model; ///< that are handed in
    std::vector<outlines::OutlineHandle> expert;
    prediction::ComputedResult computed; ///< where the model's layer has a result
    geo::Crs crs;
};

/// The layers as they are now, without what was found to be no glacier; outlines are shared, so this costs
/// little. Throws Error where there is no such layer.
ComparisonTask comparisonOf(const project::Project& project, const std::string& model,
                            const std::string& expert);

/// @param scene the one the model looked at: it decides which pixels count
/// Throws Error, Cancelled.
comparison::Comparison compare(const ComparisonTask& task, const scene::SceneReader& scene,
                               const Progress& progress);

} // namespace nunatak::tasks
