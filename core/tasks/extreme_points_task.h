// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/progress.h"
#include "divides/divide_layer.h"
#include "outlines/outline.h"
#include "project/steps.h"

#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace nunatak::project {
class Project;
} // namespace nunatak::project

// The highest and the lowest point of glaciers, from an elevation model, into the side layers of that name.
namespace nunatak::tasks {

struct HeightAt {
    geo::Point place;  ///< the middle of a pixel of the elevation model
    double height = 0; ///< m
};
struct ExtremePoints {
    HeightAt highest;
    HeightAt lowest;
};

/// Among the pixels of the elevation model whose middle lies in the shape; none where none of them has a
/// height. Read in strips. Throws Cancelled, and Error as reading heights does.
std::optional<ExtremePoints> extremePointsOf(const geo::MultiPolygon& shape,
                                             const divides::Elevation& elevation,
                                             const Progress& progress = {});

struct ExtremeOptions {
    std::string layer;
    std::vector<std::string> uuids; ///< empty: all of the layer but what is no glacier
    std::string elevation;          ///< a file; empty: that of the project's scenes
};

/// What was asked for, and what came of it. A value: any thread may fill `found`.
struct ExtremeRequest {
    /// Opens the elevation model; none: `glaciers` and `elevation` are there.
    std::function<divides::DivideRequest()> plan;
    std::vector<outlines::OutlineHandle> glaciers{};
    divides::Elevation elevation{};
    std::vector<std::optional<ExtremePoints>> found{}; ///< of each glacier
};

/// The glaciers as they are now and where their heights are read. Throws Error as planDivide() does, and
/// where the layer is a side layer.
ExtremeRequest extremesOf(const project::Project& project, const ExtremeOptions& options);
/// Throws Cancelled, and Error where the elevation model cannot be read.
void find(ExtremeRequest& request, const Progress& progress);
/// One step: the layers where they are missing, and the points; one of the same glacier is moved, unless
/// somebody drew or judged it. What could not be found, and what stays, the notes say.
project::LayerStep extremesStep(const project::Project& project, const ExtremeRequest& request);

} // namespace nunatak::tasks
