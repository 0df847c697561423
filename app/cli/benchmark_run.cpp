// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/benchmark_run.h"

#include "comparison/scene_benchmark.h"
#include "exchange/outline_files.h"
#include "models/module_loader.h"

#include <fmt/format.h>

#include <unistd.h>

namespace nunatak::cli {

namespace {

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

comparison::TileBenchmark evaluateTiles(const BenchmarkArguments& arguments, const models::StoredModel& model,
                                        const Context& context) {
    ProgressBar bar(context.stop);
    const auto progress = bar.progress();
    exchange::TileDataset tiles(arguments.dataset, context.paths.hdf5Reader,
                                featureNames(model.manifest.network), progress);
    const auto network = models::loadModule(context.paths.modelsModule)
                             .open(model.manifest.network, models::loadWeights(model), arguments.device);
    return comparison::benchmarkTiles(tiles, model.manifest, *network, arguments.tiles, progress);
}

comparison::TileBenchmark evaluateScenes(const BenchmarkArguments& arguments,
                                         const models::StoredModel& model, const Context& context) {
    ProgressBar bar(context.stop);
    const auto progress = bar.progress();
    auto& module = models::loadModule(context.paths.modelsModule);
    const auto known = comparison::knownScenes(arguments.scenes);
    const ScratchFolder scratch;
    comparison::TileBenchmark result;
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
        options.inference = arguments.tiles.inference;
        options.region = arguments.tiles.region.empty() ? "auto" : arguments.tiles.region;
        options.device = arguments.device;
        const auto predicted =
            prediction::predictScene(reader, model, module, crs, scratch.path(), options, part.part(0, 0.9));
        const auto truth = exchange::readOutlines(known[i].outlines, crs, part.part(0.9, 0.95)).outlines;
        auto& reliability = i % 2 == 0 ? result.fitting : result.heldOut;
        comparison::addScene(result.table, scene,
                             comparison::agreement(predicted, truth, crs, part.part(0.95, 1), &reliability));
        ++result.tiles;
    }
    return result;
}

} // namespace

void addBenchmarkOptions(CLI::App& command, BenchmarkArguments& arguments) {
    auto* dataset =
        command.add_option("--dataset", arguments.dataset, "Tile data set (HDF5) as published with GlaViTU");
    auto* scenes = command.add_option(
        "--scenes", arguments.scenes,
        "Folder of scenes instead: in each of its folders scene.json and outlines.gpkg (or .shp, .geojson)");
    dataset->excludes(scenes);
    command
        .add_option("--threshold", arguments.tiles.threshold, "Probability above which a pixel is glacier")
        ->check(CLI::Range(0.0, 1.0))
        ->capture_default_str();
    command.add_option("--batch", arguments.tiles.batch, "Tiles the network works on at once")
        ->check(CLI::Range(1, 256))
        ->capture_default_str();
    command.add_flag("--ignore-unlabelled", arguments.tiles.ignoreUnlabelled,
                     "Leave out pixels whose labels are all 0 (published: they count as no glacier)");
    command.add_option(
        "--region", arguments.tiles.region,
        "For models with region encoding: a code or unknown for all tiles (default: each its own)");
    command.add_flag("--tta", arguments.tiles.inference.testTimeAugmentation,
                     "Look at each tile in eight guises and take the mean");
    addDeviceOptions(command, arguments.device);
}

void checkBenchmarkOptions(const BenchmarkArguments& arguments) {
    if (arguments.dataset.empty() && arguments.scenes.empty()) {
        throw CLI::RequiredError("--dataset or --scenes");
    }
}

comparison::TileBenchmark runBenchmark(const BenchmarkArguments& arguments, const models::StoredModel& model,
                                       const Context& context) {
    return arguments.dataset.empty() ? evaluateScenes(arguments, model, context)
                                     : evaluateTiles(arguments, model, context);
}

} // namespace nunatak::cli
