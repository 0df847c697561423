// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/commands.h"

#include "comparison/scene_benchmark.h"
#include "comparison/tile_benchmark.h"
#include "exchange/outline_files.h"
#include "models/module_loader.h"
#include "models/registry.h"

#include <fmt/format.h>

#include <unistd.h>

namespace nunatak::cli {

namespace {

struct EvaluateArguments {
    std::string dataset;
    std::string scenes;
    std::string model = "starter";
    bool json = false;
    comparison::TileBenchmarkOptions tiles;
    models::DeviceOptions device;
};

/// A folder for rasters that nobody keeps; gone with it.
class ScratchFolder {
public:
    ScratchFolder()
        : m_path(std::filesystem::temp_directory_path() /
                 fmt::format("nunatak-evaluate-{}", static_cast<long>(::getpid()))) {
        std::filesystem::create_directories(m_path);
    }
    ~ScratchFolder() {
        std::error_code ignored;
        std::filesystem::remove_all(m_path, ignored);
    }
    ScratchFolder(const ScratchFolder&) = delete;
    ScratchFolder& operator=(const ScratchFolder&) = delete;
    const std::filesystem::path& path() const { return m_path; }

private:
    std::filesystem::path m_path;
};

std::vector<std::string> featureNames(const models::NetworkSpec& network) {
    std::vector<std::string> names;
    for (const auto& feature : network.features) {
        names.push_back(feature.name);
    }
    return names;
}

comparison::BenchmarkTable evaluateTiles(const EvaluateArguments& arguments, const models::StoredModel& model,
                                         const Context& context) {
    ProgressBar bar(context.stop);
    const auto progress = bar.progress();
    exchange::TileDataset tiles(arguments.dataset, context.paths.hdf5Reader,
                                featureNames(model.manifest.network), progress);
    const auto network = models::loadModule(context.paths.modelsModule)
                             .open(model.manifest.network, models::loadWeights(model), arguments.device);
    return comparison::benchmarkTiles(tiles, model.manifest, *network, arguments.tiles, progress).table;
}

comparison::BenchmarkTable evaluateScenes(const EvaluateArguments& arguments,
                                          const models::StoredModel& model, const Context& context) {
    ProgressBar bar(context.stop);
    const auto progress = bar.progress();
    auto& module = models::loadModule(context.paths.modelsModule);
    const auto known = comparison::knownScenes(arguments.scenes);
    const ScratchFolder scratch;
    comparison::BenchmarkTable table;
    for (std::size_t i = 0; i < known.size(); ++i) {
        const auto share = [&](double part) {
            return (static_cast<double>(i) + part) / static_cast<double>(known.size());
        };
        const auto part = progress.part(share(0), share(1));
        const auto scene = scene::loadScene(known[i].manifest);
        const scene::SceneReader reader(scene, context.pool);
        const auto& crs = scene.grid.crs;
        prediction::PredictOptions options;
        options.threshold = arguments.tiles.threshold;
        options.batch = arguments.tiles.batch;
        options.device = arguments.device;
        const auto result =
            prediction::predictScene(reader, model, module, crs, scratch.path(), options, part.part(0, 0.9));
        const auto truth = exchange::readOutlines(known[i].outlines, crs, part.part(0.9, 0.95)).outlines;
        comparison::addScene(table, scene, comparison::agreement(result, truth, crs, part.part(0.95, 1)));
    }
    return table;
}

void runEvaluate(const EvaluateArguments& arguments, const Context& context) {
    const auto model = context.registry().find(arguments.model);
    const auto table = arguments.dataset.empty() ? evaluateScenes(arguments, model, context)
                                                 : evaluateTiles(arguments, model, context);
    if (arguments.json) {
        fmt::print("{}\n", table.toJson());
    } else {
        fmt::print("{} v{}\n\n{}", model.manifest.name, model.manifest.version, table.toText());
    }
}

} // namespace

void addEvaluate(CLI::App& app, Context& context) {
    auto* command = app.add_subcommand(
        "evaluate",
        "How well a model finds glaciers: the paper's table of IoU, precision, recall, F1, accuracy");
    auto arguments = std::make_shared<EvaluateArguments>();
    auto* dataset = command->add_option("--dataset", arguments->dataset,
                                        "Tile data set (HDF5) as published with GlaViTU");
    auto* scenes = command->add_option(
        "--scenes", arguments->scenes,
        "Folder of scenes instead: in each of its folders scene.json and outlines.gpkg (or .shp, .geojson)");
    dataset->excludes(scenes);
    command->add_option("--model", arguments->model, "Name of a model, or the folder of one")
        ->capture_default_str();
    command
        ->add_option("--threshold", arguments->tiles.threshold, "Probability above which a pixel is glacier")
        ->check(CLI::Range(0.0, 1.0))
        ->capture_default_str();
    command->add_option("--batch", arguments->tiles.batch, "Tiles the network works on at once")
        ->check(CLI::Range(1, 256))
        ->capture_default_str();
    command->add_flag("--ignore-unlabelled", arguments->tiles.ignoreUnlabelled,
                      "Leave out pixels whose labels are all 0 (published: they count as no glacier)");
    command->add_option(
        "--region", arguments->tiles.region,
        "For models with region encoding: a code or unknown for all tiles (default: each its own)");
    command->add_flag("--tta", arguments->tiles.inference.testTimeAugmentation,
                      "Look at each tile in eight guises and take the mean");
    command->add_flag("--json", arguments->json, "Print JSON");
    addDeviceOptions(*command, arguments->device);
    command->footer("Examples:\n"
                    "  nunatak-cli evaluate --dataset test.hdf5 --model glavitu_global\n"
                    "  nunatak-cli evaluate --scenes acquisitions/ --model starter --json");
    command->callback([=, &context] {
        if (arguments->dataset.empty() && arguments->scenes.empty()) {
            throw CLI::RequiredError("--dataset or --scenes");
        }
        context.run = [=, &context] { runEvaluate(*arguments, context); };
    });
}

} // namespace nunatak::cli
