// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/counted.h"
#include "base/dates.h"
#include "cli/commands.h"
#include "cli/opened_project.h"

#include "base/error.h"
#include "cli/number_checks.h"
#include "cli/predict_options.h"
#include "exchange/outline_files.h"
#include "prediction/class_map.h"
#include "project/inventory.h"
#include "project/layer_choice.h"
#include "project/outline_import.h"
#include "project/project.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <optional>
#include <utility>

namespace nunatak::cli {

namespace {

constexpr const char* choices =
    "Say what shall become of them: --replace puts the file's outlines in their place, "
    "--append adds them beside, --layer NAME gives them a layer of their own.";

struct ImportArguments {
    std::string project;
    std::string outlines;
    prediction::ForeignRasters rasters;
    prediction::ClassMapOptions classes;
    std::string layer = "expert";
    std::string kind;
    std::string scene;
    std::string date;
    std::vector<std::string> sourceLayers;
    std::vector<std::string> maps;
    std::string sourceCrs;
    std::string analyses = "newest";
    std::string encoding;
    bool dryRun = false;
    bool json = false;
    project::ImportMode mode = project::ImportMode::Unsaid;
    bool reviewed = false;
    std::optional<int> targetYear;
    int tolerance = outlines::Epoch::defaultTolerance;
};

exchange::ImportOptions optionsOf(const ImportArguments& arguments) {
    exchange::ImportOptions options;
    options.sourceLayers = arguments.sourceLayers;
    options.encoding = arguments.encoding;
    options.analyses = exchange::analysisChoiceFrom(arguments.analyses);
    for (const auto& text : arguments.maps) {
        exchange::addMapping(options.mapping, text);
    }
    if (!arguments.sourceCrs.empty()) {
        options.crs = geo::Crs::fromUserInput(arguments.sourceCrs);
    }
    return options;
}

/// What would come of it, and nothing of it done.
void printSurvey(const project::ImportSurvey& survey, const exchange::ReadOutlines& read,
                 const std::vector<std::string>& notes, const ImportArguments& arguments) {
    if (arguments.json) {
        auto layers = nlohmann::ordered_json::array();
        for (const auto& layer : read.layers) {
            layers.push_back({{"name", layer.name},
                              {"features", layer.features},
                              {"crs", layer.crs},
                              {"isRead", layer.isRead}});
        }
        const nlohmann::ordered_json found{
            {"file", arguments.outlines},
            {"sourceLayers", std::move(layers)},
            {"outlines", survey.outlines},
            {"onScenes", survey.hasScenes ? nlohmann::ordered_json(survey.outlines - survey.elsewhere)
                                          : nlohmann::ordered_json(nullptr)},
            {"layer", survey.layer.name},
            {"kind", outlines::toString(survey.layer.kind)},
            {"isNewLayer", survey.isNewLayer},
            {"outlinesInLayer", survey.inLayer},
            {"alreadyThere",
             {{"sameUuid", survey.sameUuid}, {"sameId", survey.sameId}, {"sameGround", survey.sameGround}}},
            {"needsChoice", survey.needsChoice()},
            {"notes", notes}};
        fmt::print("{}\n", found.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace));
        return;
    }
    for (const auto& layer : read.layers) {
        fmt::print("{} \"{}\" of the file: {}, {}.\n", layer.isRead ? "Layer" : "Not read: layer", layer.name,
                   counted(layer.features, "feature"),
                   layer.crs.empty() ? "no coordinate system" : layer.crs);
    }
    fmt::print("{} would come into {} \"{}\" ({}{}).\n", counted(survey.outlines, "outline"),
               survey.isNewLayer ? "the new layer" : "layer", survey.layer.name,
               outlines::toString(survey.layer.kind),
               survey.isNewLayer ? "" : ", which has " + std::to_string(survey.inLayer));
    if (survey.hasScenes) {
        fmt::print("On the project's scenes: {}.\n", survey.outlines - survey.elsewhere);
    }
    for (const auto& note : notes) {
        fmt::print("Note: {}\n", note);
    }
    if (survey.needsChoice()) {
        fmt::print("{}\n", choices);
    }
    fmt::print("Nothing was written.\n");
}

void runImport(const ImportArguments& arguments, const Context& context) {
    auto options = optionsOf(arguments);
    const auto project = openProject(arguments.project);
    project::ImportRequest request{arguments.layer, {}, arguments.scene, arguments.date};
    // What was called corrected is an inventory of which each outline was looked at.
    const bool isCorrected = arguments.kind == project::kindOfBefore ||
                             (arguments.kind.empty() && arguments.layer == project::kindOfBefore);
    if (isCorrected) {
        request.kind = outlines::LayerKind::Inventory;
        request.layer =
            project->inventories().empty() ? arguments.layer : project::layerNamed(*project, arguments.layer);
    } else if (!arguments.kind.empty()) {
        request.kind = outlines::layerKindFromString(arguments.kind);
    }
    if (arguments.targetYear) {
        request.epoch = {std::to_string(*arguments.targetYear), arguments.targetYear, arguments.tolerance};
    }
    const auto layer = project::layerForImport(*project, request);
    options.side = outlines::sideKindOf(layer);
    exchange::ReadOutlines read;
    {
        ProgressBar bar(context.stop);
        read = exchange::readOutlines(arguments.outlines, project->crs(), options, bar.progress());
    }
    if (isCorrected || arguments.reviewed) {
        project::acceptAll(read.outlines, project->analyst());
    }
    project::dateUndated(*project, layer.name, read.outlines, arguments.date);
    const auto ready = project::readyForImport(layer, std::exchange(read.outlines, {}));
    const bool isNewLayer = !project->hasLayer(layer.name);
    const auto survey = project::surveyImport(
        layer, isNewLayer, isNewLayer ? outlines::OutlineSet() : project->outlines(layer.name),
        project::sceneExtents(*project), ready);
    if (arguments.dryRun) {
        auto found = read.notes;
        const auto sentences = project::sentencesOf(survey);
        found.insert(found.end(), sentences.begin(), sentences.end());
        printSurvey(survey, read, found, arguments);
        return;
    }
    project::throwUnlessClear(survey, arguments.mode, choices);
    auto notes = project::importNotes(*project, layer, ready, arguments.mode);
    auto step = project::importStep(*project, layer, ready, arguments.mode);
    notes.insert(notes.end(), step.notes.begin(), step.notes.end());
    const auto came = static_cast<long long>(ready.size() - step.leftOut);
    project->take(std::move(step));
    save(*project);
    if (const auto date = isoDateFrom(arguments.date); liesAhead(date)) {
        notes.push_back(fmt::format("The date {} lies ahead; no picture is of then.", date));
    }
    fmt::print("Imported {} from {} into layer \"{}\".\n", counted(came, "outline"), arguments.outlines,
               layer.name);
    notes.insert(notes.begin(), read.notes.begin(), read.notes.end());
    for (const auto& note : notes) {
        fmt::print("Note: {}\n", note);
    }
}

/// What another program predicted, as a predicted layer of its own.
void runImportOfRasters(const ImportArguments& arguments, const Context& context) {
    const auto project = openProject(arguments.project);
    prediction::ScenePrediction result;
    result.sceneId = project->scene(arguments.scene).id;
    result.modelFingerprint = prediction::foreignFingerprint(arguments.rasters);
    project->throwUnlessStorable(result, arguments.layer);
    {
        ProgressBar bar(context.stop);
        result = prediction::importPrediction(arguments.rasters, project->scene(arguments.scene),
                                              arguments.classes, project->crs(), project->filesFolder(),
                                              bar.progress());
    }
    const auto layer = project->storePrediction(result, arguments.layer);
    save(*project);
    fmt::print("Imported {} as a prediction: {} in layer \"{}\"; {} under {:g} m² {} "
               "dropped.\n",
               result.modelName, counted(static_cast<long long>(result.glaciers.size()), "glacier"), layer,
               counted(result.dropped, "polygon"), arguments.classes.minimumArea,
               result.dropped == 1 ? "was" : "were");
    for (const auto& note : result.notes) {
        fmt::print("Note: {}\n", note);
    }
}

} // namespace

void addImport(CLI::App& app, Context& context) {
    auto* command = app.add_subcommand("import", "Bring outlines from a file into a layer of a project");
    auto arguments = std::make_shared<ImportArguments>();
    command->add_option("project", arguments->project, "The project (.gpkg)")->required();
    command->add_option(
        "--outlines", arguments->outlines,
        "Shapefile, GeoPackage, GeoJSON or what else GDAL reads; a zip file or folder of these");
    // One value for each time an option is given: what follows belongs to nobody, and is refused.
    const std::vector<CLI::Option*> ofOutlines{
        command
            ->add_option("--source-layer", arguments->sourceLayers,
                         "Of --outlines: a layer of the file to read; repeatable, or \"all\"")
            ->allow_extra_args(false),
        command
            ->add_option(
                "--map", arguments->maps,
                "Of --outlines: FIELD=COLUMN, where FIELD is name, date, rgi_id, glims_id, sensor, line_type "
                "or analysis; date=COLUMN:day-first (or month-first); repeatable")
            ->allow_extra_args(false),
        command->add_option("--source-crs", arguments->sourceCrs,
                            "Of --outlines: coordinate system of a file that says none, or a wrong one"),
        command
            ->add_option(
                "--analyses", arguments->analyses,
                "Of --outlines: which outline of a glacier that the file has at several dates: newest, "
                "oldest, all, or the one nearest to a date")
            ->capture_default_str(),
        command->add_option(
            "--encoding", arguments->encoding,
            "Of --outlines: how its texts are stored, as CP1252 (default: told from the file)")};
    auto* dryRun =
        command->add_flag("--dry-run", arguments->dryRun,
                          "Of --outlines: say what would come in, and what of it is there already; "
                          "write nothing");
    auto* json = command->add_flag("--json", arguments->json, "With --dry-run: as JSON")->needs(dryRun);
    auto* replace = command->add_flag_callback(
        "--replace", [arguments] { arguments->mode = project::ImportMode::Replace; },
        "Of --outlines: they take the place of the layer's outlines of the same glaciers");
    auto* append = command
                       ->add_flag_callback(
                           "--append", [arguments] { arguments->mode = project::ImportMode::Append; },
                           "Of --outlines: they come beside the layer's outlines of the same glaciers")
                       ->excludes(replace);
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
    auto* raw = addRawOutlines(*command, arguments->classes.outlineForm);
    auto* layer = command->add_option(
        "--layer", arguments->layer,
        "Layer to import into; made when missing (default: expert, for rasters: imported)");
    auto* kind =
        command
            ->add_option("--kind", arguments->kind,
                         "Kind of a new layer (default: by its name, else expert); corrected: an inventory "
                         "whose outlines were looked at")
            ->check(CLI::IsMember({"inventory", "predicted", "expert", "side", "corrected"}));
    command->add_option("--scene", arguments->scene, "Scene that a new layer belongs to (name or id)");
    auto* reviewed = command->add_flag("--reviewed", arguments->reviewed,
                                       "Of an inventory: its outlines were looked at and are accepted");
    auto* year = command->add_option("--target-year", arguments->targetYear,
                                     "Of a new inventory: the year that it is of (default: that of its date, "
                                     "else of most outlines)");
    auto* tolerance = command
                          ->add_option("--tolerance", arguments->tolerance,
                                       "With --target-year: years that a glacier's date may be off")
                          ->check(wholeBetween(0, 100))
                          ->capture_default_str();
    tolerance->needs(year);
    auto* date = command->add_option("--date", arguments->date,
                                     "Date of a new layer, and of outlines without one, as 2010-04-09");
    command->footer(
        "Examples:\n"
        "  nunatak-cli import demo.gpkg --outlines rgi.gpkg --layer expert\n"
        "  nunatak-cli import demo.gpkg --outlines swiss.gpkg --layer inventory --reviewed\n"
        "  nunatak-cli import demo.gpkg --outlines inventory.zip --map name=Glacier --map "
        "date=Date:day-first\n"
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
        for (const auto* option : {threshold, smoothing, area, raw}) {
            if (!arguments->outlines.empty() && option->count() > 0) {
                throw CLI::ValidationError(option->get_name(), "belongs to --probability or --mask");
            }
        }
        for (const auto* option : {dryRun, json, replace, append}) {
            if (arguments->outlines.empty() && option->count() > 0) {
                throw CLI::ValidationError(option->get_name(), "belongs to --outlines");
            }
        }
        for (const auto* option : ofOutlines) {
            if (arguments->outlines.empty() && option->count() > 0) {
                throw CLI::ValidationError(option->get_name(), "belongs to --outlines");
            }
        }
        if (arguments->outlines.empty() && kind->count() > 0 && arguments->kind != "predicted") {
            throw CLI::ValidationError("--kind",
                                       "contradicts --probability and --mask: what another model drew is "
                                       "predicted");
        }
        const bool isInventory = arguments->kind == "inventory" || arguments->kind == project::kindOfBefore ||
                                 (arguments->kind.empty() && (arguments->layer == "inventory" ||
                                                              arguments->layer == project::kindOfBefore));
        for (const auto* option : {reviewed, year}) {
            if (option->count() > 0 && !isInventory) {
                throw CLI::ValidationError(option->get_name(), "belongs to --kind inventory");
            }
        }
        if (arguments->outlines.empty() && date->count() > 0) {
            throw CLI::ValidationError("--date", "belongs to --outlines; a prediction has its scene's date");
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
