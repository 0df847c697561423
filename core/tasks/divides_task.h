// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "divides/divide_layer.h"

#include <string>
#include <vector>

namespace nunatak::project {
class Project;
} // namespace nunatak::project

namespace nunatak::tasks {

/// What the window and the command line both ask of divides.
struct DivideOptions {
    std::string layer;
    std::vector<std::string> uuids; ///< that are divided; empty: all of the layer
    std::string elevation;          ///< a file; empty: that of the project's scenes
    divides::Thresholds thresholds;
    std::string like; ///< the layer that has the divides of before; empty: by the relief
};

/// The outlines of a layer as they are now and where heights are read from. What comes of it
/// (divides::divideLayer) is committed as any edit.
/// Throws Error where there is no such layer or outline, no scene has an elevation model and none is named
/// (unless the divides are another layer's), or the file is none.
divides::DivideRequest divideOf(const project::Project& project, const DivideOptions& options);

/// Heights of a file in the coordinates of `target`, or of the scenes of a project: the layer's own where it
/// has an elevation model, else the newest. `around` is where heights are wanted.
divides::Elevation elevationOf(const project::Project& project, const DivideOptions& options,
                               const geo::Extent& around);

} // namespace nunatak::tasks
