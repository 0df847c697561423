// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "divides/divide_layer.h"

#include <functional>
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

/// The outlines of a layer as they are now, and where heights are read from: a file, or the scenes of the
/// project, of which the layer's own is taken where it has an elevation model, else the newest. What comes of
/// it (divides::divideLayer) is committed as any edit.
/// Throws Error where there is no such layer or outline, or no scene has an elevation model and no file is
/// named (unless the divides are another layer's). The plan opens the elevation model, on any thread, and
/// throws Error where it cannot.
std::function<divides::DivideRequest()> planDivide(const project::Project& project,
                                                   const DivideOptions& options);

} // namespace nunatak::tasks
