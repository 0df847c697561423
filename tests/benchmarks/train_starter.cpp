// SPDX-License-Identifier: GPL-3.0-or-later
// Trains the starter model on simulated scenes with the program's own trainer, and compares models with the
// band ratio on scenes that nothing was trained on. docs/starter-model.md says how it was run.
#include "base/error.h"
#include "base/install_paths.h"
#include "exchange/outline_files.h"
#include "models/module_loader.h"
#include "models/registry.h"
#include "prediction/band_ratio.h"
#include "prediction/confidence.h"
#include "prediction/polygonise.h"
#include "prediction/predict_scene.h"
#include "scene/simulate.h"
#include "training/training.h"

#include <CLI/CLI.hpp>

#include <chrono>
#include <cstdio>
#include <filesystem>

namespace {

namespace fs = std::filesystem;
using namespace nunatak;

struct Arguments {
    std::string scenes = "starter-scenes";
    std::string out;
    std::string model;
    std::string provenance = "Trained on simulated scenes (train_starter).";
    int firstSeed = 1001;
    int lastSeed = 1020;
    int size = 1024;
    int threads = 2;
    int tile = 128;
    int embedding = 32;
    int blocks = 3;
    int saveEvery = 250;
    training::TrainingOptions options;
};

/// The scene of a seed, made if it is not there yet.
fs::path sceneOf(const Arguments& arguments, int seed) {
    const fs::path folder = fs::path(arguments.scenes) / ("seed" + std::to_string(seed));
    if (!fs::exists(folder / "scene.json")) {
        scene::SimulationOptions options;
        options.seed = static_cast<std::uint64_t>(seed);
        options.columns = arguments.size;
        options.rows = arguments.size;
        const auto simulation = scene::simulate(options, folder);
        std::printf("simulated seed %d: %d glaciers\n", seed, simulation.glaciers);
        std::fflush(stdout);
    }
    return folder;
}

training::TrainingArea areaOf(const fs::path& folder, const std::shared_ptr<raster::ReaderPool>& pool) {
    const auto scene = scene::loadScene(folder / "scene.json");
    training::TrainingArea area;
    area.crs = scene.grid.crs;
    for (auto& outline : exchange::readOutlines(folder / "outlines.gpkg", area.crs).outlines) {
        area.glaciers.push_back(std::move(outline.geometry));
    }
    area.scene = std::make_shared<scene::SceneReader>(scene, pool);
    return area;
}

models::Manifest starterManifest(const Arguments& arguments) {
    models::Manifest manifest;
    manifest.name = "starter";
    manifest.pixelSize = 30;
    auto& network = manifest.network;
    network.tile = arguments.tile;
    network.filters = 16;
    network.embedding = arguments.embedding;
    network.blocks = arguments.blocks;
    network.heads = 4;
    network.mlp = 2 * arguments.embedding;
    network.features = {{"optical", {"blue", "green", "red", "nir", "swir1", "swir2"}},
                        {"dem", {"elevation", "slope"}}};
    manifest.scaling["optical"] = std::vector<models::BandScaling>(6, {0, 1, false});
    manifest.scaling["dem"] = {{0, 6000, false}, {0, 90, false}};
    manifest.requiredFeatures = {"optical", "dem"};
    manifest.provenance = arguments.provenance;
    return manifest;
}

void train(Arguments arguments) {
    const auto pool = std::make_shared<raster::ReaderPool>();
    std::vector<training::TrainingArea> areas;
    for (int seed = arguments.firstSeed; seed <= arguments.lastSeed; ++seed) {
        areas.push_back(areaOf(sceneOf(arguments, seed), pool));
    }
    auto& module = models::loadModule(installPaths().modelsModule);
    std::printf("%s\n", module.description().c_str());
    const models::DeviceOptions device{"auto", arguments.threads};
    const models::Registry registry({}, arguments.out);
    models::Manifest manifest = starterManifest(arguments);
    std::unique_ptr<models::Network> network;
    if (arguments.model.empty()) {
        network = module.create(manifest.network, arguments.options.seed, device);
    } else {
        const auto parent = registry.find(arguments.model);
        manifest.network = parent.manifest.network;
        manifest.scaling = parent.manifest.scaling;
        network = module.open(manifest.network, models::loadWeights(parent), device);
    }
    // Written over and over while it learns, so that there is something to look at early.
    const auto save = [&] {
        const fs::path folder = fs::path(arguments.out) / manifest.name;
        fs::remove_all(folder);
        registry.store(manifest, network->averagedWeights());
    };
    const auto begun = std::chrono::steady_clock::now();
    double mean = 0;
    arguments.options.onStep = [&](int step, double loss) {
        mean += loss;
        if (step % 50 == 0) {
            const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - begun;
            std::printf("step %d loss %.4f %.0f s\n", step, mean / 50, seconds.count());
            std::fflush(stdout);
            mean = 0;
        }
        if (step % arguments.saveEvery == 0 || step == arguments.options.steps) {
            save();
        }
    };
    training::train(*network, manifest, areas, arguments.options, {});
}

struct Counted {
    double both = 0;
    double either = 0;
    double iou() const { return either > 0 ? both / either : 1; }
};

template <typename A, typename B> Counted count(const Image<A>& predicted, const Image<B>& truth) {
    Counted counted;
    for (std::size_t i = 0; i < truth.values().size(); ++i) {
        const bool ice = truth.values()[i] != 0;
        const bool found = predicted.values()[i] != 0 && predicted.values()[i] != prediction::NotPredicted;
        counted.both += ice && found ? 1 : 0;
        counted.either += ice || found ? 1 : 0;
    }
    return counted;
}

void evaluate(const Arguments& arguments) {
    const auto pool = std::make_shared<raster::ReaderPool>();
    auto& module = models::loadModule(installPaths().modelsModule);
    const models::Registry registry({}, {});
    const auto model = registry.find(arguments.model);
    prediction::PredictOptions options;
    options.device.threads = arguments.threads;
    double sum = 0;
    double ratioSum = 0;
    std::printf("| seed | glaciers | starter | band ratio | seconds |\n|---|---|---|---|---|\n");
    for (int seed = arguments.firstSeed; seed <= arguments.lastSeed; ++seed) {
        const fs::path folder = sceneOf(arguments, seed);
        const auto area = areaOf(folder, pool);
        const auto& grid = area.scene->scene().grid;
        const auto truth = prediction::rasterise(area.glaciers, grid);
        const auto result = prediction::predictScene(*area.scene, model, module, grid.crs,
                                                     folder / "prediction", options, {});
        std::vector<geo::MultiPolygon> found;
        for (const auto& outline : result.glaciers) {
            found.push_back(outline.geometry);
        }
        // A number per polygon: only 0 is no ice.
        auto raster = prediction::rasterise(found, grid);
        for (auto& value : raster.values()) {
            value = value != 0 ? 1 : 0;
        }
        const double iou = count(raster, truth).iou();
        const auto bands = area.scene->read("optical", {"blue", "red", "swir1"}, grid);
        const double ratio = count(prediction::bandRatio(bands, {}), truth).iou();
        sum += iou;
        ratioSum += ratio;
        std::printf("| %d | %zu | %.3f | %.3f | %.1f |\n", seed, area.glaciers.size(), iou, ratio,
                    result.seconds);
        std::fflush(stdout);
    }
    const int seeds = arguments.lastSeed - arguments.firstSeed + 1;
    std::printf("| mean | | %.3f | %.3f | |\n", sum / seeds, ratioSum / seeds);
}

} // namespace

int main(int argc, char** argv) {
    Arguments arguments;
    arguments.options.steps = 2000;
    arguments.options.batch = 4;
    arguments.options.rate = 1e-3;
    arguments.options.batchNormFrozen = false;
    arguments.options.measure = false;
    CLI::App app("Trains and measures the starter model on simulated scenes.");
    app.require_subcommand(1);
    app.fallthrough();
    app.add_option("--scenes", arguments.scenes, "Folder of simulated scenes; missing ones are made");
    app.add_option("--size", arguments.size, "Pixels per side of a scene");
    app.add_option("--first-seed", arguments.firstSeed, "First scene");
    app.add_option("--last-seed", arguments.lastSeed, "Last scene");
    app.add_option("--threads", arguments.threads, "Threads of the network");
    auto* learn = app.add_subcommand("train", "Train from scratch, or on from --model");
    learn->add_option("--out", arguments.out, "Folder that gets the folder starter")->required();
    learn->add_option("--model", arguments.model, "Model to go on from");
    learn->add_option("--provenance", arguments.provenance, "What model.json says of its origin");
    learn->add_option("--steps", arguments.options.steps, "Steps");
    learn->add_option("--batch", arguments.options.batch, "Tiles per step");
    learn->add_option("--rate", arguments.options.rate, "Learning rate at the start");
    learn->add_option("--gamma", arguments.options.focalGamma, "Gamma of the focal loss");
    learn->add_option("--seed", arguments.options.seed, "Seed of weights and samples");
    learn->add_option("--tile", arguments.tile, "Tile of the network");
    learn->add_option("--embedding", arguments.embedding, "Width of a token");
    learn->add_option("--blocks", arguments.blocks, "Transformer blocks");
    learn->add_option("--save-every", arguments.saveEvery, "Steps between two saves");
    auto* test = app.add_subcommand("evaluate", "IoU of a model and of the band ratio, scene by scene");
    test->add_option("--model", arguments.model, "Folder of the model")->required();
    auto* make = app.add_subcommand("simulate", "Make the scenes only");
    CLI11_PARSE(app, argc, argv);
    try {
        if (learn->parsed()) {
            train(arguments);
        } else if (test->parsed()) {
            evaluate(arguments);
        } else if (make->parsed()) {
            for (int seed = arguments.firstSeed; seed <= arguments.lastSeed; ++seed) {
                sceneOf(arguments, seed);
            }
        }
    } catch (const Error& error) {
        std::fprintf(stderr, "%s\n", error.what());
        return 1;
    }
    return 0;
}
