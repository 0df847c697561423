// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/commands.h"

#include "base/error.h"
#include "exchange/outline_files.h"
#include "geo/shape_operations.h"
#include "models/module_loader.h"
#include "prediction/predict_scene.h"
#include "project/project.h"

#include <fmt/format.h>

namespace nunatak::cli {

namespace {

struct PredictArguments {
    std::string project;
    std::string scene;
    std::string model = "starter";
    std::string layer;
    std::vector<double> region;
    std::string within;
    double buffer = 1000;
    prediction::PredictOptions options;
};

/// The polygons of a layer or a file, grown by the buffer and joined.
geo::MultiPolygon withinRegion(const project::Project& project, const PredictArguments& arguments,
                               const Progress& progress) {
    std::vector<geo::MultiPolygon> shapes;
    if (project.hasLayer(arguments.within)) {
        for (const auto& outline : project.outlines(arguments.within).all()) {
            shapes.push_back(outline->geometry);
        }
    } else if (std::filesystem::exists(arguments.within)) {
        for (auto& outline : exchange::readOutlines(arguments.within, project.crs(), progress).outlines) {
            shapes.push_back(std::move(outline.geometry));
        }
    } else {
        throw Error(
            fmt::format("\"{}\" is neither a layer of the project nor a file; give one of them to --within.",
                        arguments.within));
    }
    return geo::buffered(geo::unionOf(shapes), arguments.buffer);
}

double totalArea(const std::vector<outlines::Outline>& glaciers, const geo::Crs& crs) {
    double area = 0;
    for (const auto& glacier : glaciers) {
        area += geo::geodesicArea(glacier.geometry, crs);
    }
    return area;
}

void runPredict(PredictArguments arguments, const Context& context) {
    const auto project = project::Project::open(arguments.project);
    const scene::SceneReader reader(project->scene(arguments.scene), context.pool);
    const auto model = context.registry().find(arguments.model);
    prediction::ScenePrediction result;
    {
        ProgressBar bar(context.stop);
        if (!arguments.region.empty()) {
            arguments.options.regionOfInterest = geo::Extent{arguments.region[0], arguments.region[1],
                                                             arguments.region[2], arguments.region[3]};
        }
        if (!arguments.within.empty()) {
            arguments.options.within = withinRegion(*project, arguments, bar.progress().part(0, 0.02));
        }
        auto& module = models::loadModule(context.paths.modelsModule);
        result = prediction::predictScene(reader, model, module, project->crs(), project->filesFolder(),
                                          arguments.options, bar.progress().part(0.02, 1));
    }
    const auto layer = project->storePrediction(result, arguments.layer);
    project->flush();
    fmt::print("Predicted {} glaciers ({}) with {} in {}; {} polygons under {:g} m² were dropped.\n",
               result.glaciers.size(), areaText(totalArea(result.glaciers, project->crs())), result.modelName,
               durationText(result.seconds), result.dropped, arguments.options.minimumArea);
    fmt::print("Layer:       {}\nProbability: {}\nConfidence:  {}\n", layer, result.probability.string(),
               result.confidence.string());
}

} // namespace

void addDeviceOptions(CLI::App& command, models::DeviceOptions& device) {
    command.add_option("--device", device.device, "auto, cpu, cuda or cuda:n")->capture_default_str();
    command.add_option("--threads", device.threads, "Threads of the network (default: all cores)")
        ->check(CLI::Range(1, 1024));
}

void addPredict(CLI::App& app, Context& context) {
    auto* command = app.add_subcommand("predict", "Predict glacier outlines of a scene into a project");
    auto arguments = std::make_shared<PredictArguments>();
    auto& options = arguments->options;
    command->add_option("project", arguments->project, "The project (.gpkg)")->required();
    command->add_option("--model", arguments->model, "Name of a model, or the folder of one")
        ->capture_default_str();
    command->add_option("--scene", arguments->scene, "Scene to predict (default: the only or newest one)");
    command->add_option("--layer", arguments->layer, "Layer to put the result into (default: predicted)");
    auto* region =
        command
            ->add_option("--region-of-interest", arguments->region,
                         "xmin ymin xmax ymax in the project's CRS; elsewhere nothing is predicted")
            ->expected(4);
    region->check([](const std::string& text) {
        return text.find_first_not_of("+-.0123456789eE") == std::string::npos
                   ? std::string()
                   : "\"" + text + "\" is no number";
    });
    command->add_option("--within", arguments->within,
                        "Layer or file with polygons: only tiles that touch them are computed");
    command->add_option("--buffer", arguments->buffer, "Metres by which --within is grown")
        ->check(CLI::NonNegativeNumber)
        ->capture_default_str();
    command->add_option("--threshold", options.threshold, "Probability above which a pixel is glacier")
        ->check(CLI::Range(0.0, 1.0))
        ->capture_default_str();
    command->add_option("--smoothing", options.smoothing, "Side of the median window in pixels; 1: none")
        ->check(CLI::Range(1, 99))
        ->capture_default_str();
    command->add_option("--min-area", options.minimumArea, "Smallest glacier in m² (RGI: 10000)")
        ->check(CLI::NonNegativeNumber)
        ->capture_default_str();
    command->add_option("--overlap", options.overlap, "Share of a tile that its neighbour covers too")
        ->check(CLI::Range(0.0, 0.9))
        ->capture_default_str();
    command->add_option("--batch", options.batch, "Tiles the network works on at once")
        ->check(CLI::Range(1, 256))
        ->capture_default_str();
    addDeviceOptions(*command, options.device);
    command->footer(
        "Examples:\n"
        "  nunatak-cli predict demo.gpkg\n"
        "  nunatak-cli predict demo.gpkg --within expert --buffer 1000\n"
        "  nunatak-cli predict demo.gpkg --model starter --region-of-interest 600000 5160000 610000 5170000");
    command->callback([=, &context] {
        if (!arguments->region.empty() &&
            (arguments->region[0] >= arguments->region[2] || arguments->region[1] >= arguments->region[3])) {
            throw CLI::ValidationError("--region-of-interest", "wants xmin ymin xmax ymax, the minima first");
        }
        context.run = [=, &context] { runPredict(*arguments, context); };
    });
}

} // namespace nunatak::cli
