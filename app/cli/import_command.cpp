// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/dates.h"
#include "cli/commands.h"
#include "cli/opened_project.h"

#include "base/error.h"
#include "cli/number_checks.h"
#include "exchange/outline_files.h"
#include "models/safetensors.h"
#include "prediction/class_map.h"
#include "project/project.h"

#include <fmt/format.h>

namespace nunatak::cli {

namespace {

struct ImportArguments {
    std::string project;
    std::string outlines;
    prediction::ForeignRasters rasters;
    prediction::ClassMapOptions classes;
    std::string layer = "expert";
    std::string kind;
    std::string scene;
    std::string date;
};

/// A layer called after a kind is of that kind; any other one is the expert's.
outlines::LayerKind kindOf(const ImportArguments& arguments) {
    if (!arguments.kind.empty()) {
        return outlines::layerKindFromString(arguments.kind);
    }
    if (arguments.layer == "predicted" || arguments.layer == "corrected") {
        return outlines::layerKindFromString(arguments.layer);
    }
    return outlines::LayerKind::Expert;
}

void runImport(const ImportArguments& arguments, const Context& context) {
    const auto project = openProject(arguments.project);
    outlines::LayerInfo layer;
    if (project->hasLayer(arguments.layer)) {
        layer = project->layer(arguments.layer);
    } else {
        layer = {arguments.layer, kindOf(arguments), {}, isoDateFrom(arguments.date)};
        // Outlines that somebody drew belong to their own date; only what is named, or ours, belongs to a
        // scene.
        if (!arguments.scene.empty() || layer.kind != outlines::LayerKind::Expert) {
            layer.sceneId = project->scene(arguments.scene).id;
        }
    }
    exchange::ReadOutlines read;
    {
        ProgressBar bar(context.stop);
        read = exchange::readOutlines(arguments.outlines, project->crs(), bar.progress());
    }
    const int count = project->importOutlines(layer, std::move(read.outlines));
    save(*project);
    fmt::print("Imported {} outlines from {} into layer \"{}\"", count, arguments.outlines, layer.name);
    if (read.repaired > 0) {
        fmt::print("; {} had crossing lines and were repaired", read.repaired);
    }
    if (read.skipped > 0) {
        fmt::print("; {} features are no polygons and were left out", read.skipped);
    }
    fmt::print(".\n");
}

/// What another program predicted, as a predicted layer of its own.
void runImportOfRasters(const ImportArguments& arguments, const Context& context) {
    const auto project = openProject(arguments.project);
    prediction::ScenePrediction result;
    const auto& file =
        arguments.rasters.probability.empty() ? arguments.rasters.mask : arguments.rasters.probability;
    if (std::filesystem::exists(file)) { // a missing one is told by who reads it
        result.sceneId = project->scene(arguments.scene).id;
        result.modelFingerprint = models::fileSha256(file);
        project->throwUnlessStorable(result, arguments.layer);
    }
    {
        ProgressBar bar(context.stop);
        result = prediction::importPrediction(arguments.rasters, project->scene(arguments.scene),
                                              arguments.classes, project->crs(), project->filesFolder(),
                                              bar.progress());
    }
    const auto layer = project->storePrediction(result, arguments.layer);
    save(*project);
    fmt::print("Imported {} as a prediction: {} glaciers in layer \"{}\"; {} polygons under {:g} m² were "
               "dropped.\n",
               result.modelName, result.glaciers.size(), layer, result.dropped,
               arguments.classes.minimumArea);
    for (const auto& note : result.notes) {
        fmt::print("Note: {}\n", note);
    }
}

} // namespace

void addImport(CLI::App& app, Context& context) {
    auto* command = app.add_subcommand("import", "Bring outlines from a file into a layer of a project");
    auto arguments = std::make_shared<ImportArguments>();
    command->add_option("project", arguments->project, "The project (.gpkg)")->required();
    command->add_option("--outlines", arguments->outlines,
                        "Shapefile, GeoPackage, GeoJSON or what else GDAL reads");
    command->add_option("--probability", arguments->rasters.probability,
                        "Raster of another model instead: probability of glacier, 0 to 1");
    command->add_option(
        "--mask", arguments->rasters.mask,
        "Raster of another model instead: 1 glacier, 0 none, such as deploy.py's outlines.tif");
    command->add_option("--confidence", arguments->rasters.confidence,
                        "With --probability or --mask: the raster of its confidence");
    auto* threshold = command
                          ->add_option("--threshold", arguments->classes.threshold,
                                       "Of --probability: above it a pixel is glacier")
                          ->check(between(0.0, 1.0))
                          ->capture_default_str();
    auto* smoothing = command
                          ->add_option("--smoothing", arguments->classes.smoothing,
                                       "With --probability or --mask: side of the median window; 1: none")
                          ->check(wholeBetween(1, 99))
                          ->default_val(1);
    auto* area = command
                     ->add_option("--min-area", arguments->classes.minimumArea,
                                  "With --probability or --mask: smallest glacier in m²")
                     ->check(notNegative())
                     ->capture_default_str();
    auto* layer = command->add_option(
        "--layer", arguments->layer,
        "Layer to import into; made when missing (default: expert, for rasters: imported)");
    command->add_option("--kind", arguments->kind, "Kind of a new layer (default: by its name, else expert)")
        ->check(CLI::IsMember({"predicted", "expert", "corrected"}));
    command->add_option("--scene", arguments->scene, "Scene that a new layer belongs to (name or id)");
    command->add_option("--date", arguments->date, "Date of a new layer, as 2010-04-09");
    command->footer(
        "Examples:\n"
        "  nunatak-cli import demo.gpkg --outlines rgi.gpkg --layer expert\n"
        "  nunatak-cli import demo.gpkg --mask outlines.tif --confidence confidence.tif --layer deeplab");
    command->callback([=, &context] {
        const auto& rasters = arguments->rasters;
        const int given = (arguments->outlines.empty() ? 0 : 1) + (rasters.probability.empty() ? 0 : 1) +
                          (rasters.mask.empty() ? 0 : 1);
        if (given != 1) {
            throw CLI::ValidationError("import", "wants one of --outlines, --probability and --mask");
        }
        if (!arguments->outlines.empty() && !rasters.confidence.empty()) {
            throw CLI::ValidationError("--confidence", "belongs to --probability or --mask");
        }
        for (const auto* option : {threshold, smoothing, area}) {
            if (!arguments->outlines.empty() && option->count() > 0) {
                throw CLI::ValidationError(option->get_name(), "belongs to --probability or --mask");
            }
        }
        if (arguments->outlines.empty() && layer->count() == 0) {
            arguments->layer = "imported";
        }
        context.run = [=, &context] {
            arguments->outlines.empty() ? runImportOfRasters(*arguments, context)
                                        : runImport(*arguments, context);
        };
    });
}

} // namespace nunatak::cli
