// SPDX-License-Identifier: GPL-3.0-or-later
#include "tasks/boundaries_task.h"

#include "base/error.h"
#include "project/project.h"

namespace nunatak::tasks {

editing::CheckRequest checkOf(const project::Project& project, const std::string& layer) {
    return {layer, project.outlines(layer).all(), project.crs(),
            project.layer(layer).kind == outlines::LayerKind::Side};
}

editing::SnapRequest snapOf(const project::Project& project, const std::string& layer, double tolerance) {
    return {layer, project.outlines(layer).all(), project.crs(), tolerance,
            project.layer(layer).kind == outlines::LayerKind::Side};
}

void throwUnlessEdited(const project::Project& project, const std::string& layer) {
    const auto info = project.layer(layer);
    if (outlines::isReference(info.kind)) {
        throw Error(
            "\"" + outlines::titleOf(info) +
            "\" is a reference, which is not edited. Start an inventory from it, or look at what would "
            "change with --dry-run.");
    }
}

} // namespace nunatak::tasks
