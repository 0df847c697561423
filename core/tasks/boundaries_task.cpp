// SPDX-License-Identifier: GPL-3.0-or-later
#include "tasks/boundaries_task.h"

#include "project/project.h"

namespace nunatak::tasks {

editing::CheckRequest checkOf(const project::Project& project, const std::string& layer) {
    return {layer, project.outlines(layer).all(), project.crs(),
            project.layer(layer).kind == outlines::LayerKind::Side};
}

} // namespace nunatak::tasks
