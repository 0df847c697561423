// SPDX-License-Identifier: GPL-3.0-or-later
#include "tasks/divides_task.h"

#include "base/error.h"
#include "base/printable.h"
#include "project/project.h"
#include "raster/raster_reader.h"
#include "raster/reader_pool.h"
#include "scene/products/elevation.h"
#include "scene/raster_views.h"
#include "scene/scene_reader.h"
#include "scene/slope.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <memory>

namespace nunatak::tasks {

namespace {

constexpr double plainPixel = 10; ///< m, where there is no elevation model

/// Pixels of an elevation model in the project's coordinates: its own where it can be.
geo::Grid postingOf(const raster::RasterInfo& info, const geo::Crs& crs, const geo::Extent& around) {
    geo::Grid there{crs, around.xmin, around.ymax, plainPixel, 1, 1};
    there.columns = std::max(1, static_cast<int>(std::ceil(around.width() / plainPixel)));
    there.rows = std::max(1, static_cast<int>(std::ceil(around.height() / plainPixel)));
    const geo::Grid own = scene::slopeGrid(info, there);
    if (own.crs == crs) {
        return own;
    }
    return {crs, 0, 0, own.pixelSize * own.crs.metresPerUnit() / crs.metresPerUnit(), 0, 0};
}

divides::Elevation ofFile(const std::string& file, const geo::Crs& crs, const geo::Extent& around) {
    raster::initialiseGdal();
    const auto reader = std::make_shared<raster::RasterReader>(file);
    if (!reader->info().isGeoreferenced()) {
        throw Error(printableName(file) + " does not say where it lies, so no heights can be read from it.");
    }
    const double metres = scene::products::metresPerHeight(reader->info());
    return {postingOf(reader->info(), crs, around),
            [reader, metres](const geo::Grid& grid, const std::stop_token& stop) {
                constexpr std::array<int, 1> bands{1};
                auto heights = reader->readOnGrid(bands, grid, raster::Resampling::Bilinear, stop);
                for (float& height : heights.values()) {
                    height *= static_cast<float>(metres);
                }
                return heights;
            }};
}

bool hasElevation(const scene::Scene& scene) {
    return scene.hasBand("dem", "elevation");
}

divides::Elevation ofScene(const scene::Scene& scene, const geo::Crs& crs, const geo::Extent& around) {
    const auto raster = std::find_if(scene.rasters.begin(), scene.rasters.end(), [](const auto& each) {
        return each.feature == "dem" &&
               std::find(each.bandNames.begin(), each.bandNames.end(), "elevation") != each.bandNames.end();
    });
    const auto pool = std::make_shared<raster::ReaderPool>();
    const auto posting = scene::RasterViews(pool).with<geo::Grid>(
        *raster, [&](const raster::RasterReader& reader) { return postingOf(reader.info(), crs, around); });
    return {posting, [pool, scene](const geo::Grid& grid, const std::stop_token& stop) {
                const scene::SceneReader reader(scene, pool);
                return reader.read("dem", {"elevation"}, grid, Progress({}, stop));
            }};
}

std::function<divides::Elevation()> planElevation(const project::Project& project,
                                                  const DivideOptions& options, const geo::Extent& around) {
    const geo::Crs crs = project.crs();
    if (!options.elevation.empty()) {
        return [file = options.elevation, crs, around] { return ofFile(file, crs, around); };
    }
    const std::string own = project.layer(options.layer).sceneId;
    const scene::Scene* chosen = nullptr;
    for (const scene::Scene& scene : project.scenes()) {
        if (hasElevation(scene) && (chosen == nullptr || chosen->id != own)) {
            chosen = &scene;
        }
    }
    if (chosen != nullptr) {
        return [scene = *chosen, crs, around] { return ofScene(scene, crs, around); };
    }
    if (options.like.empty()) {
        throw Error("No scene of the project has an elevation model, and without relief there are no "
                    "divides. Name a file with heights, or a layer that has divides already.");
    }
    return [crs] { return divides::Elevation{{crs, 0, 0, plainPixel, 0, 0}, {}}; };
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
    geo::Extent around;
    const auto add = [&](const outlines::OutlineHandle& outline) {
        request.which.push_back(outline);
        around.include(outline->extent());
    };
    if (options.uuids.empty()) {
        for (const auto& outline : request.outlines.all()) {
            add(outline);
        }
    }
    for (const std::string& uuid : options.uuids) {
        const auto outline = request.outlines.find(uuid);
        if (!outline) {
            throw Error("The layer " + options.layer + " has no outline " + uuid + ".");
        }
        add(outline);
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
    return [request, open = planElevation(project, options, around)] {
        divides::DivideRequest ready = request;
        ready.elevation = open();
        return ready;
    };
}

} // namespace nunatak::tasks
