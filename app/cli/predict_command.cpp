// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/chosen_model.h"
#include "cli/commands.h"
#include "cli/named_shapes.h"
#include "cli/opened_project.h"
#include "cli/predict_options.h"

#include "base/counted.h"
#include "base/error.h"
#include "exchange/outline_files.h"
#include "geo/shape_operations.h"
#include "project/inventory.h"
#include "project/layer_choice.h"
#include "project/project.h"
#include "tasks/prediction_task.h"

#include <fmt/format.h>

namespace nunatak::cli {

namespace {

namespace fs = std::filesystem;

/// The polygons of a layer (of a project, if there is one) or a file.
void checkTile(const PredictArguments& arguments, const models::Manifest& model) {
    if (arguments.tile && *arguments.tile != model.network.tile) {
        throw Error(fmt::format(
            "The model {} works on tiles of {} pixels and on no others, since it has learnt a positional "
            "embedding for each place in such a tile; leave out --tile {} or train a model for it.",
            model.name, model.network.tile, *arguments.tile));
    }
}

tasks::FinishedPrediction predictInto(const fs::path& folder, const scene::Scene& scene,
                                      const project::Project* project, const geo::Crs& crs,
                                      const PredictArguments& arguments, const Context& context) {
    std::vector<std::string> notes;
    const auto model =
        arguments.model.empty() && project != nullptr
            ? modelOfProject(*project, context)
            : chosenModel(arguments.model.empty() ? "starter" : arguments.model, scene, context, notes);
    checkTile(arguments, model.manifest);
    if (project != nullptr) {
        prediction::ScenePrediction known;
        known.sceneId = scene.id;
        known.modelFingerprint = model.manifest.fingerprint;
        known.isWholeScene = true; // its settings are looked at below
        project->throwUnlessStorable(known, arguments.layer);
    }
    tasks::PredictionTask task{std::make_shared<const scene::SceneReader>(scene, context.pool), model, crs,
                               folder, arguments.options};
    task.options.resolution = arguments.resolution;
    task.options.standalone = project == nullptr;
    if (!arguments.regionOfInterest.empty()) {
        const auto& corners = arguments.regionOfInterest;
        task.options.regionOfInterest = geo::Extent{corners[0], corners[1], corners[2], corners[3]};
    }
    if (!arguments.within.empty()) {
        task.around = [&](const Progress& progress) {
            return namedShapes(project, crs, arguments.within, notes, progress);
        };
        task.buffer = arguments.buffer;
    }
    if (project != nullptr) {
        task.check = [&](const prediction::ScenePrediction& expected) {
            project->throwUnlessStorable(expected, arguments.layer);
        };
    }
    ProgressBar bar(context.stop);
    auto finished = tasks::predict(std::move(task), context.paths, bar.progress());
    auto& all = finished.prediction.notes;
    all.insert(all.begin(), notes.begin(), notes.end());
    return finished;
}

double totalArea(const std::vector<outlines::Outline>& glaciers, const geo::Crs& crs) {
    double area = 0;
    for (const auto& glacier : glaciers) {
        area += geo::geodesicArea(glacier.geometry, crs);
    }
    return area;
}

void report(const prediction::ScenePrediction& result, const geo::Crs& crs,
            const prediction::PredictOptions& options) {
    fmt::print("Predicted {} ({}) with {} in {}; {} under {:g} m² {} dropped.\n",
               counted(static_cast<long long>(result.glaciers.size()), "glacier"),
               areaText(totalArea(result.glaciers, crs)), result.modelName, durationText(result.seconds),
               counted(result.dropped, "polygon"), options.minimumArea, result.dropped == 1 ? "was" : "were");
    fmt::print("Confidence is under {:g} on {:.1f} % of what was predicted.\n", options.confidenceThreshold,
               100 * result.lowConfidenceShare);
    if (!result.regionTable.empty()) {
        fmt::print("\n{}\n", result.regionTable);
    }
    for (const auto& note : result.notes) {
        fmt::print("Note: {}\n", note);
    }
}

/// Throws Error where the outlines of low confidence are missing: all else is told by then.
void reportRasters(const tasks::FinishedPrediction& finished) {
    const auto& result = finished.prediction;
    fmt::print("Probability: {}\nConfidence:  {}\nQuality:     {}\nClasses:     {}\n",
               result.probability.string(), result.confidence.string(), result.quality.string(),
               result.outlines.string());
    if (!result.uncertainty.empty()) {
        fmt::print("Uncertainty: {}\n", result.uncertainty.string());
    }
    if (!finished.bandsProblem.empty()) {
        throw Error(finished.bandsProblem);
    }
    fmt::print("Low confidence: {}\n", finished.bands.string());
}

void intoProject(PredictArguments arguments, const Context& context) {
    const auto project = openProject(arguments.project);
    const auto& crs = project->crs();
    const auto finished = predictInto(project->filesFolder(), project->scene(arguments.scene), project.get(),
                                      crs, arguments, context);
    const auto& result = finished.prediction;
    const auto before = project->inventories().size();
    const auto layer =
        project->storePrediction(result, arguments.layer, project::AfterPrediction::StartInventory);
    save(*project);
    report(result, crs, arguments.options);
    fmt::print("Layer:       {}\n", layer);
    if (const auto inventories = project->inventories(); inventories.size() > before) {
        fmt::print("Inventory:   {} (\"{}\"), started from it\n", inventories.back().name,
                   outlines::titleOf(inventories.back()));
    } else if (const auto inventory = project->inventoryOf(project->layer(layer).date)) {
        fmt::print("Inventory:   {} stays as it is; taking {} over would leave {}\n", inventory->name, layer,
                   project::planTakeOver(*project, layer, inventory->name)().counts());
    }
    reportRasters(finished);
}

void intoFolder(PredictArguments arguments, const Context& context) {
    const auto scene = scene::loadScene(arguments.scene);
    const fs::path folder(arguments.out);
    const auto& crs = scene.grid.crs;
    auto& claim = arguments.options.claim;
    claim = standaloneClaim("prediction", arguments.overwrite, arguments.scene, scene);
    if (fs::exists(arguments.within)) {
        claim.read.emplace_back(arguments.within);
    }
    const auto outlines = folder / "outlines.gpkg";
    const auto bands = prediction::confidenceBandsFile(prediction::standaloneFiles(folder).confidence);
    for (const auto& file : {outlines, bands}) {
        throwUnlessFree(file, claim);
    }
    const auto finished = predictInto(folder, scene, nullptr, crs, arguments, context);
    const auto& result = finished.prediction;
    exchange::writeOutlines(result.glaciers, crs, outlines, {}, claim);
    report(result, crs, arguments.options);
    fmt::print("Outlines:    {}\n", outlines.string());
    reportRasters(finished);
}

} // namespace

void addPredict(CLI::App& app, Context& context) {
    auto* command =
        app.add_subcommand("predict", "Predict glacier outlines of a scene into a project or a folder");
    auto arguments = std::make_shared<PredictArguments>();
    command->add_option("project", arguments->project, "The project (.gpkg); without one: --scene and --out");
    command->add_option("--model", arguments->model,
                        "Name of a model or of a set, or the folder of a model (default: the project's, else "
                        "the starter)");
    command->add_option(
        "--scene", arguments->scene,
        "Scene of the project (default: the only or newest one); without a project: scene.json");
    auto* out = command->add_option("--out", arguments->out, "Folder for the results, without a project");
    command->add_option("--layer", arguments->layer, "Layer to put the result into (default: predicted)")
        ->excludes(out);
    addRegionOptions(*command, *arguments);
    addNetworkOptions(*command, *arguments);
    addResultOptions(*command, *arguments);
    addOverwrite(*command, arguments->overwrite);
    command->footer(
        "Examples:\n"
        "  nunatak-cli predict demo.gpkg\n"
        "  nunatak-cli predict demo.gpkg --within expert --buffer 1000\n"
        "  nunatak-cli predict demo.gpkg --model starter --region-of-interest 600000 5160000 610000 5170000\n"
        "  nunatak-cli predict --scene demo/scene.json --out results --tta\n"
        "  nunatak-cli predict --scene demo/scene.json --out results --tta --resume");
    command->callback([=, &context] {
        const auto& region = arguments->regionOfInterest;
        if (!region.empty() && (region[0] >= region[2] || region[1] >= region[3])) {
            throw CLI::ValidationError("--region-of-interest", "wants xmin ymin xmax ymax, the minima first");
        }
        if (arguments->project.empty() && (arguments->scene.empty() || arguments->out.empty())) {
            throw CLI::ValidationError("project", "give a project, or --scene scene.json and --out FOLDER");
        }
        if (!arguments->project.empty() && !arguments->out.empty()) {
            throw CLI::ValidationError("--out",
                                       "is for predictions without a project; leave one of both out");
        }
        if (arguments->options.publishedOptimisation && arguments->options.region != "optimise") {
            throw CLI::ValidationError("--published-optimisation", "belongs to --region optimise");
        }
        context.run = [=, &context] {
            if (arguments->project.empty()) {
                intoFolder(*arguments, context);
            } else {
                intoProject(*arguments, context);
            }
        };
    });
}

} // namespace nunatak::cli
