// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/benchmark_run.h"

#include "base/counted.h"
#include "base/error.h"
#include "base/scratch_folder.h"
#include "cli/chosen_model.h"
#include "cli/number_checks.h"
#include "comparison/scene_benchmark.h"
#include "exchange/outline_files.h"
#include "models/module_loader.h"

#include <fmt/format.h>

#include <algorithm>

namespace nunatak::cli {

namespace {

std::vector<std::string> featureNames(const models::NetworkSpec& network) {
    std::vector<std::string> names;
    for (const auto& feature : network.features) {
        names.push_back(feature.name);
    }
    return names;
}

comparison::TileBenchmark evaluateTiles(const BenchmarkArguments& arguments, const models::StoredModel& model,
                                        const comparison::TileBenchmarkOptions& options,
                                        const Context& context, const Progress& progress) {
    exchange::TileDataset tiles(arguments.dataset, context.paths.hdf5Reader,
                                featureNames(model.manifest.network), progress);
    const auto network = models::loadModule(context.paths.modelsModule)
                             .open(model.manifest.network, models::loadWeights(model), arguments.device);
    return comparison::benchmarkTiles(tiles, model.manifest, *network, options, progress);
}

/// The member of a set that serves a region, by its code: a data set says no more. Empty when there is none.
std::string memberFor(const models::ModelSet& set, const std::string& region) {
    for (const auto& member : set.members) {
        if (std::ranges::find(member.regions, region) != member.regions.end()) {
            return member.model;
        }
    }
    return set.elsewhere;
}

/// Each member over the tiles of its regions.
comparison::TileBenchmark evaluateTiles(const BenchmarkArguments& arguments, const models::ModelSet& set,
                                        const Context& context, const Progress& progress) {
    std::vector<std::string> names;
    for (const auto& member : set.members) {
        if (std::ranges::find(names, member.model) == names.end()) {
            names.push_back(member.model);
        }
    }
    if (!set.elsewhere.empty() && std::ranges::find(names, set.elsewhere) == names.end()) {
        names.push_back(set.elsewhere);
    }
    comparison::TileBenchmark all;
    for (std::size_t i = 0; i < names.size(); ++i) {
        auto options = arguments.tiles;
        options.wanted = [&](const std::string& region) {
            const auto member = memberFor(set, region);
            if (member.empty()) {
                throw Error(fmt::format("The model set {} has no model for tiles of the region {}.", set.name,
                                        region));
            }
            return member == names[i];
        };
        const auto share = [&](std::size_t done) {
            return static_cast<double>(done) / static_cast<double>(names.size());
        };
        const auto part = evaluateTiles(arguments, context.registry().find(names[i]), options, context,
                                        progress.part(share(i), share(i + 1)));
        all.table.add(part.table);
        all.tiles += part.tiles;
    }
    return all;
}

comparison::TileBenchmark evaluateTiles(const BenchmarkArguments& arguments, const std::string& name,
                                        const Context& context) {
    ProgressBar bar(context.stop);
    if (const auto set = chosenSet(name, context)) {
        return evaluateTiles(arguments, *set, context, bar.progress());
    }
    return evaluateTiles(arguments, context.registry().find(name), arguments.tiles, context, bar.progress());
}

/// All that was said of one scene but for the calibration, which is no matter here; each note once.
void addNotes(std::vector<std::string>& all, const std::string& scene, std::vector<std::string> notes,
              const std::string& unneeded) {
    std::erase(notes, unneeded);
    for (const auto& note : notes) {
        auto text = fmt::format("{}: {}", scene, note);
        if (std::ranges::find(all, text) == all.end()) {
            all.push_back(std::move(text));
        }
    }
}

comparison::TileBenchmark evaluateScenes(const BenchmarkArguments& arguments, const std::string& name,
                                         const Context& context, std::vector<std::string>& allNotes) {
    ProgressBar bar(context.stop);
    const auto progress = bar.progress();
    auto& module = models::loadModule(context.paths.modelsModule);
    const auto known = comparison::knownScenes(arguments.scenes);
    const ScratchFolder scratch("evaluate");
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
        std::vector<std::string> notes;
        const auto model = chosenModel(name, scene, context, notes);
        const auto predicted =
            prediction::predictScene(reader, model, module, crs, scratch.path(), options, part.part(0, 0.9));
        const auto truth = exchange::readOutlines(known[i].outlines, crs, part.part(0.9, 0.95));
        notes.insert(notes.end(), predicted.notes.begin(), predicted.notes.end());
        if (truth.skipped > 0) {
            notes.push_back(fmt::format("{} of {} gave no outline, so there is no glacier there; "
                                        "`nunatak-cli import` names them.",
                                        counted(truth.skipped, "feature"), known[i].outlines.string()));
        }
        addNotes(
            allNotes, scene.name, std::move(notes),
            prediction::uncalibratedNote(model.manifest, {options.inference.name(), options.threshold, 0}));
        auto& ground = result.grounds.emplace_back();
        comparison::addScene(
            result.table, scene,
            comparison::agreement(predicted, truth.outlines, crs, part.part(0.95, 1), &ground));
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
        ->check(between(0.0, 1.0))
        ->capture_default_str();
    command.add_option("--batch", arguments.tiles.batch, "Tiles the network works on at once")
        ->check(wholeBetween(1, 256))
        ->capture_default_str();
    command.add_flag("--ignore-unlabelled", arguments.tiles.ignoreUnlabelled,
                     "Leave out pixels whose labels are all 0 (published: they count as no glacier)");
    command.add_option(
        "--region", arguments.tiles.region,
        "For models with region encoding: a code or unknown for all tiles (default: each its own)");
    command.add_flag("--tta", arguments.tiles.inference.testTimeAugmentation,
                     "Look at each tile in eight guises and take the mean");
    command
        .add_option("--mc-dropout", arguments.tiles.inference.dropoutPasses,
                    "Look at each tile so often with dropout and take the mean")
        ->check(wholeBetween(1, 1000));
    addDeviceOptions(command, arguments.device);
}

void checkBenchmarkOptions(const BenchmarkArguments& arguments) {
    if (arguments.dataset.empty() && arguments.scenes.empty()) {
        throw CLI::RequiredError("--dataset or --scenes");
    }
}

comparison::TileBenchmark runBenchmark(const BenchmarkArguments& arguments, const std::string& model,
                                       const Context& context) {
    if (!arguments.dataset.empty()) {
        return evaluateTiles(arguments, model, context);
    }
    std::vector<std::string> notes;
    auto result = evaluateScenes(arguments, model, context, notes);
    for (const auto& note : notes) { // not among the results, which may be JSON
        tell(fmt::format("Note: {}\n", note));
    }
    return result;
}

} // namespace nunatak::cli
