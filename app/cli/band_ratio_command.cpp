// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/commands.h"
#include "cli/opened_project.h"

#include "base/counted.h"
#include "base/error.h"
#include "cli/number_checks.h"
#include "cli/predict_options.h"
#include "exchange/outline_files.h"
#include "geo/shape_operations.h"
#include "outlines/side_kind.h"
#include "prediction/class_map.h"
#include "prediction/debris_cover.h"
#include "project/layer_choice.h"
#include "project/project.h"
#include "project/step_tools.h"
#include "raster/raster_reader.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <functional>
#include <set>

namespace nunatak::cli {

namespace {

constexpr const char* debrisLayer = "debris_cov";

struct BandRatioArguments {
    std::string project;
    std::string scene;
    std::string out;
    std::string layer; ///< empty: band_ratio, or band_ratio_nir
    std::string inside;
    std::optional<double> minimumArea; ///< m²; of ice 10000 by default, of debris 0
    double confidenceThreshold = 0.95;
    bool json = false;
    bool overwrite = false;
    prediction::OutlineForm outlineForm = prediction::OutlineForm::Smoothed;
    std::string numerator = "red";
    std::optional<double> threshold;
    prediction::BandRatioOptions ratio;

    prediction::BandRatioOptions options() const {
        auto options = ratio;
        options.numerator = numerator == "nir" ? prediction::RatioBand::Nir : prediction::RatioBand::Red;
        options.threshold = threshold;
        return options;
    }
    double minimumIce() const { return minimumArea.value_or(10000); }
    std::string layerName() const {
        return !layer.empty() ? layer : numerator == "nir" ? "band_ratio_nir" : "band_ratio";
    }
};

void report(const prediction::ScenePrediction& result, const prediction::BandRatioFiles& files,
            double minimumArea) {
    fmt::print("Found {} pieces of clean ice, ratio over {:.3f}; {} under {:g} m² were dropped.\n",
               result.glaciers.size(), result.threshold, result.dropped, minimumArea);
    fmt::print("Ratio:    {}\nQuality:  {}\nClasses:  {}\n", files.ratio.string(), files.quality.string(),
               files.outlines.string());
}

void intoFolder(const BandRatioArguments& arguments, const Context& context) {
    const auto scene = scene::loadScene(arguments.scene);
    const scene::SceneReader reader(scene, context.pool);
    const std::filesystem::path folder(arguments.out);
    const auto claim = standaloneClaim("band ratio", arguments.overwrite, arguments.scene, scene);
    const auto files = prediction::standaloneBandRatioFiles(folder);
    const auto outlines = folder / "outlines.gpkg";
    for (const auto& file : {files.ratio, files.quality, files.outlines, outlines}) {
        throwUnlessFree(file, claim);
    }
    makeFolder(folder);
    prediction::ScenePrediction result;
    {
        ProgressBar bar(context.stop);
        result = prediction::predictByBandRatio(reader, arguments.options(), arguments.minimumIce(),
                                                arguments.outlineForm, scene.grid.crs, files, bar.progress(),
                                                claim);
        exchange::writeOutlines(result.glaciers, scene.grid.crs, outlines, {}, claim);
    }
    report(result, files, arguments.minimumIce());
    fmt::print("Outlines: {}\n", outlines.string());
}

void intoProject(const BandRatioArguments& arguments, const Context& context) {
    const auto project = openProject(arguments.project);
    const scene::SceneReader reader(project->scene(arguments.scene), context.pool);
    const auto options = arguments.options();
    prediction::ScenePrediction result;
    result.sceneId = reader.scene().id;
    result.modelFingerprint = prediction::bandRatioFingerprint(options.numerator);
    project->throwUnlessStorable(result, arguments.layerName());
    const auto files = prediction::bandRatioFiles(project->filesFolder(), reader.scene().id, options);
    {
        ProgressBar bar(context.stop);
        result = prediction::predictByBandRatio(reader, options, arguments.minimumIce(),
                                                arguments.outlineForm, project->crs(), files, bar.progress());
    }
    const auto layer = project->storePrediction(result, arguments.layerName());
    save(*project);
    report(result, files, arguments.minimumIce());
    fmt::print("Layer:    {}\n", layer);
}

/// Confidence of what predicted these glaciers, from the project's rasters; none where nothing predicted
/// them.
std::function<Image<float>(const geo::Grid&)>
confidenceOf(const project::Project& project, const std::vector<outlines::OutlineSet::Handle>& glaciers) {
    for (const auto& glacier : glaciers) {
        if (const auto file = prediction::confidenceFileOf(project.filesPlace(), *glacier,
                                                           project.settingsOfRun(glacier->run))) {
            const auto reader = std::make_shared<raster::RasterReader>(file->string());
            return [reader](const geo::Grid& window) {
                const std::vector<int> band{1};
                return reader->readOnGrid(band, window, raster::Resampling::Bilinear);
            };
        }
    }
    return {};
}

/// debris_cov, or debris_cov_2 and so on where that one is of another scene.
std::string debrisLayerFor(const project::Project& project, const scene::Scene& scene) {
    std::string name = debrisLayer;
    for (int number = 2; project.hasLayer(name) && project.layer(name).sceneId != scene.id; ++number) {
        name = fmt::format("{}_{}", debrisLayer, number);
    }
    return name;
}

outlines::Outline debrisOutline(const outlines::Outline& glacier, const prediction::DebrisCover& cover,
                                const scene::Scene& scene) {
    outlines::Outline outline;
    outline.uuid = outlines::makeUuid();
    outline.geometry = cover.debris;
    outline.name = glacier.name;
    outline.srcDate = scene.date;
    outline.sceneId = scene.id;
    outline.sensor = scene.sensor;
    outline.model = "band ratio";
    outline.attributes = {{outlines::lineTypeAttribute, debrisLayer},
                          {"debris_share", cover.share},
                          {"debris_m2", cover.debrisArea},
                          {"clean_m2", cover.cleanArea},
                          {"undecided_m2", cover.undecidedArea}};
    outlines::setGlacierOf(outline, &glacier);
    outline.describedShape = geo::fingerprint(outline.geometry);
    return outline;
}

/// A line for each glacier: the layer shows debris alone, and clean glaciers have a share too.
void printShares(const std::vector<outlines::OutlineSet::Handle>& glaciers,
                 const std::vector<prediction::DebrisCover>& covers) {
    nlohmann::ordered_json all = nlohmann::ordered_json::array();
    for (std::size_t i = 0; i < covers.size(); ++i) {
        all.push_back({{"glacier", covers[i].uuid},
                       {"name", glaciers[i]->name},
                       {"debris_share", covers[i].share}, // NaN, where nothing is decided, becomes null
                       {"debris_m2", covers[i].debrisArea},
                       {"clean_m2", covers[i].cleanArea},
                       {"undecided_m2", covers[i].undecidedArea}});
    }
    fmt::print("{}\n", all.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace));
}

/// Debris of the glaciers of a layer, in place of what was found for them before.
void splitDebris(const BandRatioArguments& arguments, const Context& context) {
    const auto project = openProject(arguments.project);
    const auto inside = project::layerNamed(*project, arguments.inside);
    const auto glaciers = project::outlinesToHandIn(*project, inside);
    // The glaciers' own scene, unless another one is named.
    const auto own = arguments.scene.empty() ? project->layer(inside).sceneId : arguments.scene;
    const scene::SceneReader reader(project->scene(own), context.pool);
    const auto confidence = confidenceOf(*project, glaciers);
    std::vector<prediction::DebrisCover> covers;
    {
        ProgressBar bar(context.stop);
        prediction::DebrisOptions options{arguments.options(), arguments.minimumArea.value_or(0), confidence,
                                          arguments.confidenceThreshold, arguments.outlineForm};
        covers = prediction::debrisCover(glaciers, project->crs(), reader, options, bar.progress());
    }
    const auto layer = debrisLayerFor(*project, reader.scene());
    std::set<std::string> split;
    std::vector<outlines::OutlineChange> changes;
    double debris = 0;
    double clean = 0;
    double undecided = 0;
    for (std::size_t i = 0; i < covers.size(); ++i) {
        split.insert(covers[i].uuid);
        debris += covers[i].debrisArea;
        clean += covers[i].cleanArea;
        undecided += covers[i].undecidedArea;
        if (!covers[i].debris.empty()) {
            changes.push_back(
                {layer, nullptr, outlines::share(debrisOutline(*glaciers[i], covers[i], reader.scene()))});
        }
    }
    const auto before = project->hasLayer(layer) ? project->outlines(layer).all()
                                                 : std::vector<outlines::OutlineSet::Handle>();
    for (const auto& known : before) {
        // Earlier versions had the UUID where the glacier's name is now.
        for (const char* attribute : {outlines::glacierUuidAttribute, outlines::glacierAttribute}) {
            const auto glacier = known->attributes.find(attribute);
            if (glacier != known->attributes.end() && split.contains(glacier->second.text())) {
                changes.push_back({layer, known, nullptr});
                break;
            }
        }
    }
    project::LayerStep step{fmt::format("Split ice and debris of {}", arguments.inside),
                            project::tools::prediction,
                            {},
                            changes,
                            {}};
    if (!project->hasLayer(layer)) {
        step.layers.push_back({std::nullopt, outlines::LayerInfo{layer, outlines::LayerKind::Predicted,
                                                                 reader.scene().id, reader.scene().date}});
    }
    project->take(std::move(step));
    save(*project);
    if (arguments.json) {
        printShares(glaciers, covers);
        return;
    }
    fmt::print("Debris on {} of \"{}\": {}, clean ice {}, undecided {}{}.\nLayer:    {}\n",
               counted(static_cast<long long>(glaciers.size()), "glacier"), arguments.inside,
               areaText(debris), areaText(clean), areaText(undecided),
               debris + clean > 0 ? fmt::format("; {:.1f} % debris", 100 * debris / (debris + clean)) : "",
               layer);
    if (arguments.ratio.minimumBlue <= 0) {
        fmt::print("Note: Shadow was not told from debris; give --min-blue to leave it undecided.\n");
    }
    if (!confidence) {
        fmt::print(
            "Note: There is no confidence of these glaciers, so no place was left undecided for it.\n");
    }
}

} // namespace

void addBandRatio(CLI::App& app, Context& context) {
    auto* command = app.add_subcommand(
        "band-ratio", "Clean ice by a band ratio, to compare a model with; or debris inside known outlines");
    auto arguments = std::make_shared<BandRatioArguments>();
    command->add_option("project", arguments->project, "The project (.gpkg); without one: --scene and --out");
    command->add_option("--scene", arguments->scene,
                        "Scene of the project (default: the only or newest one), or a scene.json with --out");
    auto* out = command->add_option("--out", arguments->out, "Folder for the results, without a project");
    command
        ->add_option("--layer", arguments->layer,
                     "Layer to put the result into (default: band_ratio, or band_ratio_nir)")
        ->excludes(out);
    auto* inside =
        command->add_option("--inside", arguments->inside,
                            "Split the glaciers of this layer into clean ice and debris (layer debris_cov)");
    inside->excludes(out);
    command
        ->add_option("--confidence-threshold", arguments->confidenceThreshold,
                     "With --inside: where the model's confidence is under it nothing is decided")
        ->needs(inside)
        ->check(between(0, 1))
        ->capture_default_str();
    command->add_flag("--json", arguments->json, "With --inside: print the share of each glacier as JSON")
        ->needs(inside);
    addOverwrite(*command, arguments->overwrite);
    command->add_option("--numerator", arguments->numerator, "What is divided by SWIR1")
        ->check(CLI::IsMember({"red", "nir"}))
        ->capture_default_str();
    command->add_option("--threshold", arguments->threshold, "Ratio above which it is ice (default: Otsu's)")
        ->check(positive());
    command
        ->add_option("--min-blue", arguments->ratio.minimumBlue,
                     "Reflectance in blue below which it is shadow: no ice, and undecided with --inside")
        ->check(between(0.0, 1.0))
        ->capture_default_str();
    command->add_option("--smoothing", arguments->ratio.medianSize, "Side of the median window; 1: none")
        ->check(wholeBetween(1, 99))
        ->capture_default_str();
    command
        ->add_option("--min-area", arguments->minimumArea,
                     "Smallest piece in m² (default: of ice 10000, as in the RGI; of debris 0)")
        ->check(notNegative());
    addRawOutlines(*command, arguments->outlineForm);
    command->footer("Examples:\n"
                    "  nunatak-cli band-ratio demo.gpkg --min-blue 0.05\n"
                    "  nunatak-cli band-ratio demo.gpkg --inside expert\n"
                    "  nunatak-cli band-ratio --scene scene.json --out ratio/");
    command->callback([=, &context] {
        const bool standalone = !arguments->out.empty();
        if (standalone ? !arguments->project.empty() || arguments->scene.empty()
                       : arguments->project.empty()) {
            throw CLI::ValidationError("band-ratio",
                                       "wants a project, or --scene scene.json with --out FOLDER");
        }
        context.run = [=, &context] {
            standalone                  ? intoFolder(*arguments, context)
            : arguments->inside.empty() ? intoProject(*arguments, context)
                                        : splitDebris(*arguments, context);
        };
    });
}

} // namespace nunatak::cli
