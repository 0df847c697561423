// SPDX-License-Identifier: GPL-3.0-or-later
#include "tasks/divides_task.h"

#include "base/error.h"
#include "project/project.h"
#include "tasks/elevation.h"

namespace nunatak::tasks {

namespace {

constexpr double plainPixel = 10; ///< m, where there is no elevation model

std::function<divides::Elevation()> openElevation(const project::Project& project,
                                                  const DivideOptions& options, const geo::Extent& around) {
    if (auto planned = planElevation(project, {options.elevation, options.layer}, around); planned.open) {
        return planned.open;
    }
    if (options.like.empty()) {
        throw Error("No scene of the project has an elevation model, and without relief there are no "
                    "divides. Name a file with heights, or a layer that has divides already.");
    }
    return [crs = project.crs()] { return divides::Elevation{{crs, 0, 0, plainPixel, 0, 0}, {}}; };
}

} // namespace

std::function<divides::DivideRequest()> planDivide(const project::Project& project,
                                                   const DivideOptions& options) {
    divides::DivideRequest request;
    request.layer = options.layer;
    request.outlines = project.outlines(options.layer);
    request.mayOverlap = project.layer(options.layer).kind == outlines::LayerKind::Side;
    request.crs = project.crs();
    request.thresholds = options.thresholds;
    geo::Extent
        around; // of the layer: what a glacier is divided into is no matter of which others are chosen
    for (const auto& outline : request.outlines.all()) {
        around.include(outline->extent());
        if (options.uuids.empty()) {
            request.which.push_back(outline);
        }
    }
    for (const std::string& uuid : options.uuids) {
        const auto outline = request.outlines.find(uuid);
        if (!outline) {
            throw Error("The layer " + options.layer + " has no outline " + uuid + ".");
        }
        request.which.push_back(outline);
    }
    if (!options.like.empty()) {
        request.isLike = true;
        request.earlierTitle = outlines::titleOf(project.layer(options.like));
        for (const auto& outline : project.outlines(options.like).all()) {
            if (outline->review != outlines::Review::Removed) {
                request.earlier.push_back(outline);
            }
        }
    }
    if (request.which.empty()) {
        return [request] { return request; };
    }
    return [request, open = openElevation(project, options, around)] {
        divides::DivideRequest ready = request;
        ready.elevation = open();
        return ready;
    };
}

} // namespace nunatak::tasks
