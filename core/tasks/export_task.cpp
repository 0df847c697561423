// SPDX-License-Identifier: GPL-3.0-or-later
#include "tasks/export_task.h"

#include "base/counted.h"
#include "base/error.h"
#include "exchange/export_layer.h"
#include "geo/inner_point.h"
#include "geo/paths.h"
#include "project/layer_choice.h"
#include "project/project.h"
#include "tasks/mean_confidence.h"
#include "topography/glacier_surface.h"

#include <algorithm>
#include <memory>
#include <utility>

namespace nunatak::tasks {

namespace {

using outlines::OutlineHandle;

bool isIn(const geo::MultiPolygon& region, const outlines::SharedOutline& outline) {
    if (geo::isPath(outline.geometry)) {
        return geo::contains(region, outline.extent().center());
    }
    return geo::contains(region, geo::innerPoint(outline.geometry));
}

bool isMeant(const OutlineChoice& choice, const outlines::SharedOutline& outline) {
    const auto has = [](const auto& all, const auto& one) {
        return all.empty() || std::find(all.begin(), all.end(), one) != all.end();
    };
    return has(choice.uuids, outline.uuid) && has(choice.reviews, outline.review) &&
           (choice.date.empty() || outline.srcDate.starts_with(choice.date)) &&
           (choice.region.empty() || isIn(choice.region, outline));
}

std::vector<OutlineHandle> chosen(const project::Project& project, const ExportChoice& choice,
                                  std::vector<std::string>& notes) {
    auto handedIn = project::outlinesToHandIn(project, choice.layer);
    for (const std::string& uuid : choice.which.uuids) {
        if (std::none_of(handedIn.begin(), handedIn.end(),
                         [&](const OutlineHandle& outline) { return outline->uuid == uuid; })) {
            throw Error("The layer " + outlines::titleOf(project.layer(choice.layer)) + " has no outline " +
                        uuid + " to hand in.");
        }
    }
    const std::size_t all = handedIn.size();
    std::erase_if(handedIn, [&](const OutlineHandle& outline) { return !isMeant(choice.which, *outline); });
    if (handedIn.empty() && all > 0) {
        throw Error("None of the " + counted(static_cast<long long>(all), "outline") +
                    " of the layer is what was asked for: ask for other outlines.");
    }
    if (handedIn.size() < all) {
        notes.push_back("Chosen: " + std::to_string(handedIn.size()) + " of " +
                        counted(static_cast<long long>(all), "outline") + " of the layer.");
    }
    return handedIn;
}

/// What whoever hands an inventory in would rather know before; empty where there is nothing.
std::string unfinished(const std::vector<OutlineHandle>& outlines) {
    const auto count = [&](const auto& is) {
        return static_cast<long long>(std::count_if(
            outlines.begin(), outlines.end(), [&](const OutlineHandle& outline) { return is(*outline); }));
    };
    const long long unreviewed =
        count([](const auto& outline) { return outline.review == outlines::Review::NotReviewed; });
    const long long undated = count([](const auto& outline) { return outline.srcDate.empty(); });
    if (unreviewed == 0 && undated == 0) {
        return {};
    }
    std::string text = "Of " + counted(static_cast<long long>(outlines.size()), "outline") + " ";
    if (unreviewed > 0) {
        text += std::to_string(unreviewed) + (unreviewed == 1 ? " is" : " are") + " not reviewed";
    }
    if (undated > 0) {
        text += std::string(unreviewed > 0 ? " and " : "") + std::to_string(undated) +
                (undated == 1 ? " has" : " have") + " no date";
    }
    return text + "; they are written all the same. A choice by review or date leaves them out.";
}

/// The scenes that outlines name.
std::vector<exchange::SourceImage> imagesOf(const project::Project& project,
                                            const std::vector<OutlineHandle>& outlines) {
    const geo::Crs degrees = geo::Crs::fromUserInput("EPSG:4326");
    std::vector<exchange::SourceImage> images;
    for (const scene::Scene& scene : project.scenes()) {
        const bool isUsed = std::any_of(outlines.begin(), outlines.end(), [&](const OutlineHandle& outline) {
            return outline->sceneId == scene.id;
        });
        if (isUsed) {
            const std::string time =
                scene.date.empty() || scene.time.empty() ? std::string() : "T" + scene.time + "Z";
            images.push_back({scene.id, scene.product.empty() ? scene.id : scene.product, scene.sensor,
                              scene.date + time,
                              geo::CoordinateTransform(scene.grid.crs, degrees)(scene.grid.extent()),
                              scene.sunAzimuth, scene.sunElevation});
        }
    }
    return images;
}

/// What exchange wants, with the elevation model opened on this thread.
exchange::ExportOptions optionsOf(const ExportRequest& request, const Progress& progress) {
    const ExportChoice& choice = request.choice;
    exchange::ExportOptions options;
    options.schema = choice.schema;
    options.crs = choice.crs.empty() ? geo::Crs() : geo::Crs::fromUserInput(choice.crs);
    options.regions = choice.regions;
    options.notes = choice.notes;
    options.glims = choice.glims;
    options.layer = request.layer;
    options.measuresAnew = !choice.elevation.empty();
    if (exchange::exportSchema(choice.schema).wantsSurface && request.elevation.open) {
        options.elevationSource = choice.elevationSource.empty() ? elevationSourceOf(request.elevation.name)
                                                                 : choice.elevationSource;
        options.surface = [elevation = request.elevation.open(), quiet = Progress({}, progress.stopToken())](
                              const geo::MultiPolygon& inDegrees, double areaKm2, int utmZone) {
            return topography::surfaceOf(inDegrees, areaKm2, utmZone, elevation.read, quiet);
        };
    }
    options.confidence =
        [confidences = std::make_shared<MeanConfidence>(request.rasters, request.settings, request.crs)](
            const outlines::Outline& outline) { return confidences->of(outline); };
    return options;
}

} // namespace

ExportRequest exportOf(const project::Project& project, const ExportChoice& choice) {
    exchange::exportSchema(choice.schema); // a wrong name is told before anything is read
    ExportRequest request;
    request.layer = outlines::titleOf(project.layer(choice.layer));
    request.outlines = chosen(project, choice, request.notes);
    if (project.layer(choice.layer).kind == outlines::LayerKind::Inventory) {
        request.unfinished = unfinished(request.outlines);
    }
    request.crs = project.crs();
    request.choice = choice;
    geo::Extent around;
    for (const auto& outline : request.outlines) {
        around.include(outline->extent());
        if (!outline->run.empty() && !request.settings.contains(outline->run)) {
            request.settings.emplace(outline->run, project.settingsOfRun(outline->run));
        }
    }
    request.elevation =
        planElevation(project, {choice.elevation, choice.layer, raster::Resampling::Cubic}, around);
    request.rasters = project.filesPlace();
    request.choice.glims.images = imagesOf(project, request.outlines);
    return request;
}

exchange::WrittenOutlines write(const ExportRequest& request, const std::filesystem::path& file,
                                const Progress& progress, const Claim& claim) {
    auto written = exchange::exportLayer(request.layer, request.outlines, request.crs, file,
                                         optionsOf(request, progress), progress, claim);
    written.notes.insert(written.notes.begin(), request.notes.begin(), request.notes.end());
    return written;
}

exchange::ExportPreview preview(const ExportRequest& request, const std::filesystem::path& file,
                                const Progress& progress) {
    auto found = exchange::previewLayer(request.layer, request.outlines, request.crs, file,
                                        optionsOf(request, progress), progress);
    found.notes.insert(found.notes.begin(), request.notes.begin(), request.notes.end());
    if (!request.unfinished.empty()) {
        found.notes.insert(found.notes.begin(), request.unfinished);
    }
    return found;
}

} // namespace nunatak::tasks
