// SPDX-License-Identifier: GPL-3.0-or-later
#include "tasks/boundaries_task.h"

#include "base/error.h"
#include "geo/same_line.h"
#include "project/project.h"

#include <utility>

namespace nunatak::tasks {

editing::CheckRequest checkOf(const project::Project& project, const std::string& layer) {
    return {layer, project.outlines(layer).all(), project.crs(),
            project.layer(layer).kind == outlines::LayerKind::Side};
}

editing::SnapRequest snapOf(const project::Project& project, const std::string& layer, double tolerance) {
    return {layer, project.outlines(layer).all(), project.crs(), tolerance,
            project.layer(layer).kind == outlines::LayerKind::Side};
}

std::function<editing::Repaired(const Progress&)> planRepair(const project::Project& project,
                                                             const std::string& layer,
                                                             std::vector<editing::Finding> findings,
                                                             double tolerance) {
    const bool mayOverlap = project.layer(layer).kind == outlines::LayerKind::Side;
    return [layer, outlines = project.outlines(layer), mayOverlap, crs = project.crs(),
            findings = std::move(findings), tolerance](const Progress& progress) {
        editing::EdgeIndices indices;
        const editing::Draft draft(
            [&](const std::string& name) {
                return name == layer ? editing::DraftLayer(&outlines, mayOverlap) : editing::DraftLayer();
            },
            indices);
        return editing::repair(draft, findings, crs, tolerance, progress);
    };
}

std::function<project::LayerStep(editing::Edit)> planTidying(const project::Project& project,
                                                             const std::string& layer, double tolerance) {
    const bool isInventory = project.layer(layer).kind == outlines::LayerKind::Inventory;
    return [isInventory, tolerance, analyst = project.analyst()](editing::Edit edit) {
        for (outlines::OutlineChange& change : edit.changes) {
            if (change.before && change.after &&
                !geo::isSameLine(change.before->geometry, change.after->geometry, tolerance)) {
                outlines::Outline after = *change.after;
                after.analyst = analyst;
                after.isChanged = isInventory;
                change.after = outlines::share(std::move(after));
            }
        }
        project::LayerStep step;
        step.description = std::move(edit.description);
        step.tool = std::move(edit.tool);
        step.changes = std::move(edit.changes);
        return step;
    };
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
