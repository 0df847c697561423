// SPDX-License-Identifier: GPL-3.0-or-later
#include "tasks/export_task.h"

#include "base/counted.h"
#include "base/error.h"
#include "exchange/export_layer.h"
#include "geo/inner_point.h"
#include "geo/paths.h"
#include "geo/shape_operations.h"
#include "project/layer_choice.h"
#include "project/project.h"
#include "tasks/mean_confidence.h"
#include "tasks/source_images.h"
#include "topography/glacier_surface.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
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
           (choice.date.empty() || outline.srcDate.starts_with(choice.date));
}

/// With so many decimals.
std::string rounded(double number, int decimals) {
    std::array<char, 400> digits{}; // the longest: the largest double in full
    const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), number,
                                   std::chars_format::fixed, decimals);
    return {digits.data(), end.ptr};
}

/// "x 600000 to 612000, y 5200000 to 5210000".
std::string placeText(const geo::Extent& extent, const geo::Crs& crs) {
    const int decimals = crs.isGeographic() ? 4 : 0;
    return "x " + rounded(extent.xmin, decimals) + " to " + rounded(extent.xmax, decimals) + ", y " +
           rounded(extent.ymin, decimals) + " to " + rounded(extent.ymax, decimals);
}

/// Leaves what lies in the region. Throws Error where that is none, or nothing lies there: it was mistyped or
/// is in another system.
void keepWithin(const geo::MultiPolygon& region, std::vector<OutlineHandle>& outlines, const geo::Crs& crs) {
    const geo::Extent extent = geo::extentOf(region);
    const bool isArea = !extent.empty() && std::isfinite(extent.width()) && std::isfinite(extent.height()) &&
                        extent.width() > 0 && extent.height() > 0;
    if (!isArea) {
        throw Error("The region has no area: say one with an area, or none.");
    }
    std::vector<OutlineHandle> kept;
    geo::Extent reached;
    for (const OutlineHandle& outline : outlines) {
        reached.include(outline->extent());
        if (isIn(region, *outline)) {
            kept.push_back(outline);
        }
    }
    if (kept.empty()) {
        throw Error("None of the " + counted(static_cast<long long>(outlines.size()), "outline") +
                    " lies in the region (" + placeText(extent, crs) + "): they lie in " +
                    placeText(reached, crs) + " of the project's coordinate system, " + crs.name() +
                    ", in which a region is said.");
    }
    outlines = std::move(kept);
}

/// Of those that could be handed in, the ones that are meant, wherever they lie.
std::vector<OutlineHandle> chosen(const project::Project& project, const ExportChoice& choice,
                                  std::size_t& all) {
    auto handedIn = project::outlinesToHandIn(project, choice.layer);
    for (const std::string& uuid : choice.which.uuids) {
        if (std::none_of(handedIn.begin(), handedIn.end(),
                         [&](const OutlineHandle& outline) { return outline->uuid == uuid; })) {
            throw Error("The layer " + outlines::titleOf(project.layer(choice.layer)) + " has no outline " +
                        uuid + " to hand in.");
        }
    }
    all = handedIn.size();
    std::erase_if(handedIn, [&](const OutlineHandle& outline) { return !isMeant(choice.which, *outline); });
    if (handedIn.empty() && all > 0) {
        throw Error("None of the " + counted(static_cast<long long>(all), "outline") +
                    " of the layer is what was asked for: ask for other outlines.");
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
    options.images = request.images;
    options.isOfFile = request.isOfFile;
    options.measuresAnew = !choice.elevation.empty();
    if (exchange::exportSchema(choice.schema).wantsSurface && request.elevation.open) {
        options.elevationSource = choice.elevationSource.empty() ? elevationSourceOf(request.elevation.name)
                                                                 : choice.elevationSource;
        const auto kept = request.surfaces ? request.surfaces : std::make_shared<MeasuredSurfaces>();
        options.surface = [elevation = request.elevation.open(), identity = request.elevation.identity, kept,
                           quiet = Progress({}, progress.stopToken())](const geo::MultiPolygon& inDegrees,
                                                                       double areaKm2, int utmZone) {
            return kept->of(identity, inDegrees, areaKm2, utmZone, [&] {
                return topography::surfaceOf(inDegrees, areaKm2, utmZone, elevation.read, quiet);
            });
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
    exchange::throwUnlessRegions(choice.regions);
    if (project.layer(choice.layer).kind == outlines::LayerKind::Side && choice.schema != "plain") {
        throw Error("The layer " + outlines::titleOf(project.layer(choice.layer)) +
                    " is a side layer, of no glaciers: export it with the schema \"plain\".");
    }
    ExportRequest request;
    request.layer = outlines::titleOf(project.layer(choice.layer));
    request.outlines = chosen(project, choice, request.ofLayer);
    if (!choice.which.withinLayer.empty()) {
        request.within = project::outlinesToHandIn(project, choice.which.withinLayer);
    }
    request.isInventory = project.layer(choice.layer).kind == outlines::LayerKind::Inventory;
    request.isOfFile = project.layer(choice.layer).kind == outlines::LayerKind::Expert;
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
    request.images = imagesOf(project, request.outlines);
    return request;
}

ExportRequest settled(ExportRequest request) {
    if (request.isSettled) {
        return request;
    }
    const OutlineChoice& which = request.choice.which;
    if (which.region) {
        keepWithin(*which.region, request.outlines, request.crs);
    } else if (!which.withinLayer.empty()) {
        std::vector<geo::MultiPolygon> shapes;
        for (const OutlineHandle& outline : request.within) {
            shapes.push_back(outline->geometry);
        }
        keepWithin(geo::unionOf(shapes), request.outlines, request.crs);
    }
    std::erase_if(request.images, [&](const exchange::SourceImage& image) {
        return std::none_of(
            request.outlines.begin(), request.outlines.end(),
            [&](const OutlineHandle& outline) { return exchange::isDrawnOn(*outline, image); });
    });
    if (request.outlines.size() < request.ofLayer) {
        request.notes.push_back("Chosen: " + std::to_string(request.outlines.size()) + " of " +
                                counted(static_cast<long long>(request.ofLayer), "outline") +
                                " of the layer.");
    }
    if (request.isInventory) {
        request.unfinished = unfinished(request.outlines);
    }
    request.isSettled = true;
    return request;
}

exchange::WrittenOutlines write(const ExportRequest& asked, const std::filesystem::path& file,
                                const Progress& progress, const Claim& claim) {
    const ExportRequest request = settled(asked);
    auto written = exchange::exportLayer(request.layer, request.outlines, request.crs, file,
                                         optionsOf(request, progress), progress, claim);
    written.notes.insert(written.notes.begin(), request.notes.begin(), request.notes.end());
    return written;
}

exchange::ExportPreview preview(const ExportRequest& asked, const std::filesystem::path& file,
                                const Progress& progress) {
    const ExportRequest request = settled(asked);
    auto found = exchange::previewLayer(request.layer, request.outlines, request.crs, file,
                                        optionsOf(request, progress), progress);
    found.notes.insert(found.notes.begin(), request.notes.begin(), request.notes.end());
    if (!request.unfinished.empty()) {
        found.notes.insert(found.notes.begin(), request.unfinished);
    }
    return found;
}

exchange::ExportPreview previewBeforeMeasuring(const ExportRequest& asked, const std::filesystem::path& file,
                                               const Progress& progress) {
    ExportRequest request = asked;
    const bool isMeasured = request.elevation.open != nullptr;
    request.elevation = {};
    auto found = preview(request, file, progress);
    for (auto& column : found.columns) {
        column.isAwaited = isMeasured && column.isOfSurface;
    }
    return found;
}

} // namespace nunatak::tasks
