// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/commands.h"

#include "base/error.h"
#include "exchange/outline_files.h"
#include "geo/shape_operations.h"
#include "prediction/class_map.h"
#include "prediction/debris_cover.h"
#include "project/project.h"
#include "raster/raster_reader.h"

#include <fmt/format.h>

#include <cmath>
#include <set>

namespace nunatak::cli {

namespace {

constexpr const char* debrisLayer = "debris_cov";

struct BandRatioArguments {
    std::string project;
    std::string scene;
    std::string out;
    std::string layer = "band_ratio";
    std::string inside;
    double minimumArea = 10000;
    double confidenceThreshold = 0.95;
    std::string numerator = "red";
    std::optional<double> threshold;
    prediction::BandRatioOptions ratio;

    prediction::BandRatioOptions options() const {
        auto options = ratio;
        options.numerator = numerator == "nir" ? prediction::RatioBand::Nir : prediction::RatioBand::Red;
        options.threshold = threshold;
        return options;
    }
};

void report(const prediction::ScenePrediction& result, double minimumArea) {
    fmt::print("Found {} pieces of clean ice, ratio over {:.3f}; {} under {:g} m² were dropped.\n",
               result.glaciers.size(), result.threshold, result.dropped, minimumArea);
}

void intoFolder(const BandRatioArguments& arguments, const Context& context) {
    const auto scene = scene::loadScene(arguments.scene);
    const scene::SceneReader reader(scene, context.pool);
    const std::filesystem::path folder(arguments.out);
    std::filesystem::create_directories(folder);
    prediction::ScenePrediction result;
    {
        ProgressBar bar(context.stop);
        result = prediction::predictByBandRatio(reader, arguments.options(), arguments.minimumArea,
                                                scene.grid.crs, folder / "outlines.tif", bar.progress());
        exchange::writeOutlines(result.glaciers, scene.grid.crs, folder / "outlines.gpkg");
    }
    report(result, arguments.minimumArea);
    fmt::print("Classes:  {}\nOutlines: {}\n", result.outlines.string(), (folder / "outlines.gpkg").string());
}

void intoProject(const BandRatioArguments& arguments, const Context& context) {
    const auto project = project::Project::open(arguments.project);
    const scene::SceneReader reader(project->scene(arguments.scene), context.pool);
    prediction::ScenePrediction result;
    {
        ProgressBar bar(context.stop);
        const auto file = project->filesFolder() /
                          fmt::format("outlines_{}_band-ratio.tif", reader.scene().id.substr(0, 8));
        result = prediction::predictByBandRatio(reader, arguments.options(), arguments.minimumArea,
                                                project->crs(), file, bar.progress());
    }
    const auto layer = project->storePrediction(result, arguments.layer);
    project->flush();
    report(result, arguments.minimumArea);
    fmt::print("Layer:    {}\nClasses:  {}\n", layer, result.outlines.string());
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
    outline.attributes = {{"glacier", glacier.uuid},
                          {"debris_share", fmt::format("{:.4f}", cover.share)},
                          {"debris_m2", fmt::format("{:.0f}", cover.debrisArea)},
                          {"clean_m2", fmt::format("{:.0f}", cover.cleanArea)},
                          {"undecided_m2", fmt::format("{:.0f}", cover.undecidedArea)}};
    return outline;
}

/// Debris of the glaciers of a layer, in place of what was found for them before.
void splitDebris(const BandRatioArguments& arguments, const Context& context) {
    const auto project = project::Project::open(arguments.project);
    const auto glaciers = project->outlines(arguments.inside).all();
    const scene::SceneReader reader(project->scene(arguments.scene), context.pool);
    std::vector<prediction::DebrisCover> covers;
    {
        ProgressBar bar(context.stop);
        prediction::DebrisOptions options{arguments.options(), 0, {}, arguments.confidenceThreshold};
        covers = prediction::debrisCover(glaciers, project->crs(), reader, options, bar.progress());
    }
    if (!project->hasLayer(debrisLayer)) {
        project->addLayer(
            {debrisLayer, outlines::LayerKind::Predicted, reader.scene().id, reader.scene().date});
    }
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
            changes.push_back({debrisLayer, nullptr,
                               std::make_shared<const outlines::Outline>(
                                   debrisOutline(*glaciers[i], covers[i], reader.scene()))});
        }
    }
    for (const auto& known : project->outlines(debrisLayer).all()) {
        const auto glacier = known->attributes.find("glacier");
        if (glacier != known->attributes.end() && split.contains(glacier->second)) {
            changes.push_back({debrisLayer, known, nullptr});
        }
    }
    project->apply(fmt::format("Split ice and debris of {}", arguments.inside), changes);
    project->flush();
    fmt::print("Debris on {} glaciers of \"{}\": {}, clean ice {}, undecided {}{}.\nLayer:    {}\n",
               glaciers.size(), arguments.inside, areaText(debris), areaText(clean), areaText(undecided),
               debris + clean > 0 ? fmt::format("; {:.1f} % debris", 100 * debris / (debris + clean)) : "",
               debrisLayer);
}

} // namespace

void addBandRatio(CLI::App& app, Context& context) {
    auto* command = app.add_subcommand(
        "band-ratio", "Clean ice by a band ratio, to compare a model with; or debris inside known outlines");
    auto arguments = std::make_shared<BandRatioArguments>();
    command->add_option("project", arguments->project, "The project (.gpkg); without one: --scene and --out");
    command->add_option("--scene", arguments->scene,
                        "Scene of the project (default: the only or newest one), or a scene.json with --out");
    auto* out = command->add_option("--out", arguments->out, "Folder for outlines.tif and outlines.gpkg");
    command->add_option("--layer", arguments->layer, "Layer to put the result into")->capture_default_str();
    auto* inside =
        command->add_option("--inside", arguments->inside,
                            "Split the glaciers of this layer into clean ice and debris (layer debris_cov)");
    inside->excludes(out);
    command->add_option("--numerator", arguments->numerator, "What is divided by SWIR1")
        ->check(CLI::IsMember({"red", "nir"}))
        ->capture_default_str();
    command->add_option("--threshold", arguments->threshold, "Ratio above which it is ice (default: Otsu's)")
        ->check(CLI::PositiveNumber);
    command
        ->add_option("--min-blue", arguments->ratio.minimumBlue,
                     "Reflectance in blue below which it is shadow: no ice, and undecided with --inside")
        ->check(CLI::Range(0.0, 1.0))
        ->capture_default_str();
    command->add_option("--smoothing", arguments->ratio.medianSize, "Side of the median window; 1: none")
        ->check(CLI::Range(1, 99))
        ->capture_default_str();
    command->add_option("--min-area", arguments->minimumArea, "Smallest piece of ice in m² (RGI: 10000)")
        ->check(CLI::NonNegativeNumber)
        ->capture_default_str();
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
