// SPDX-License-Identifier: GPL-3.0-or-later
// How far bias optimisation comes in its default settings, against the published ones run until nothing
// moves: trains a small model with a region vector on simulated scenes whose regions look different, and
// optimises the vector on a scene that nothing was trained on. Figures in docs/performance.md.
#include "base/error.h"
#include "base/install_paths.h"
#include "exchange/outline_files.h"
#include "models/module_loader.h"
#include "models/registry.h"
#include "models/safetensors.h"
#include "prediction/bias_optimisation.h"
#include "prediction/location.h"
#include "prediction/tile_sample.h"
#include "scene/simulate.h"
#include "training/area_pixels.h"
#include "training/sampler.h"

#include <CLI/CLI.hpp>

#include <chrono>
#include <cstdio>
#include <filesystem>
#include <numeric>

namespace {

namespace fs = std::filesystem;
using namespace nunatak;
using Clock = std::chrono::steady_clock;

constexpr int regionCount = 11;
const std::vector<std::string> bands{"blue", "green", "red", "nir", "swir1", "swir2"};

struct Arguments {
    std::string work = "region-optimisation";
    int steps = 500;
    int threads = 2;
    int size = 512;
    int testSize = 1024;
    int testRegion = 3;
    int convergedEpochs = 20;
    double convergedRate = 0.02;
    prediction::BiasOptimisationOptions options;
};

double secondsSince(Clock::time_point begun) {
    return std::chrono::duration<double>(Clock::now() - begun).count();
}

/// How bright a band is in a region, so that a network gains from knowing where it is.
double brightness(int region, std::size_t band) {
    return 0.6 + 0.1 * static_cast<double>((static_cast<std::size_t>(region) * 5 + band * 3) % 9);
}

/// A simulated scene with a region's light; made if it is not there yet.
std::shared_ptr<scene::SceneReader> sceneOf(const fs::path& folder, int seed, int size, int region) {
    if (!fs::exists(folder / "scene.json")) {
        scene::SimulationOptions options;
        options.seed = static_cast<std::uint64_t>(seed);
        options.columns = size;
        options.rows = size;
        scene::simulate(options, folder);
    }
    auto scene = scene::loadScene(folder / "scene.json");
    std::vector<scene::SceneRaster> rasters;
    for (const auto& raster : scene.rasters) {
        if (raster.feature != "optical") {
            rasters.push_back(raster);
            continue;
        }
        for (std::size_t band = 0; band < raster.bands.size(); ++band) {
            auto single = raster;
            single.bands = {raster.bands[band]};
            single.bandNames = {raster.bandNames[band]};
            single.scale *= brightness(region, band);
            rasters.push_back(std::move(single));
        }
    }
    scene.rasters = std::move(rasters);
    return std::make_shared<scene::SceneReader>(scene, std::make_shared<raster::ReaderPool>());
}

models::Manifest manifestOf() {
    models::Manifest manifest;
    manifest.name = "regions";
    manifest.pixelSize = 30;
    manifest.strategy = models::Strategy::RegionEncoding;
    manifest.regions = prediction::publishedRegions();
    auto& network = manifest.network;
    network.tile = 64;
    network.filters = 16;
    network.embedding = 32;
    network.blocks = 2;
    network.heads = 4;
    network.mlp = 64;
    network.location = 12;
    network.features = {{"optical", bands}, {"dem", {"elevation", "slope"}}};
    manifest.scaling["optical"] = std::vector<models::BandScaling>(6, {0, 1, false});
    manifest.scaling["dem"] = {{0, 6000, false}, {0, 90, false}};
    manifest.requiredFeatures = {"optical", "dem"};
    manifest.provenance = "Trained on simulated scenes of eleven lights (region_optimisation).";
    return manifest;
}

void append(models::Tensor& all, const models::Tensor& one) {
    if (all.shape.empty()) {
        all = one;
        return;
    }
    all.shape.front() += one.shape.front();
    all.values.insert(all.values.end(), one.values.begin(), one.values.end());
}

void append(models::LearnBatch& all, const models::LearnBatch& one) {
    for (const auto& [name, tensor] : one.input.features) {
        append(all.input.features[name], tensor);
    }
    if (!all.input.location) {
        all.input.location.emplace();
    }
    append(*all.input.location, *one.input.location);
    append(all.labels, one.labels);
    append(all.weights, one.weights);
}

void train(const Arguments& arguments, models::ModelsModule& module) {
    const auto manifest = manifestOf();
    std::vector<std::vector<training::AreaPixels>> areas;
    std::vector<training::Sampler> samplers;
    areas.reserve(regionCount);
    for (int region = 0; region < regionCount; ++region) {
        const auto folder = fs::path(arguments.work) / ("seed" + std::to_string(2001 + region));
        training::TrainingArea area;
        area.scene = sceneOf(folder, 2001 + region, arguments.size, region);
        area.crs = area.scene->scene().grid.crs;
        for (auto& outline : exchange::readOutlines(folder / "outlines.gpkg", area.crs).outlines) {
            area.glaciers.push_back(std::move(outline.geometry));
        }
        areas.emplace_back().emplace_back(area, manifest, Progress());
        samplers.emplace_back(areas.back(), manifest.network,
                              training::SamplingOptions{0.1, true, static_cast<std::uint64_t>(region)});
    }
    const auto network = module.create(manifest.network, 1, {"cpu", arguments.threads});
    std::mt19937_64 random(7);
    const auto begun = Clock::now();
    double loss = 0;
    for (int step = 1; step <= arguments.steps; ++step) {
        // Regions mixed in each batch, since BatchNorm takes its statistics from the batch.
        models::LearnBatch batch;
        for (int tile = 0; tile < 8; ++tile) {
            const auto region = random() % regionCount;
            const auto entry = random() % 5 == 0 ? std::uint64_t{regionCount} : region; // a fifth is unknown
            auto one = samplers[region].draw(1);
            one.input.location = models::Tensor{{1, 12}, std::vector<float>(12, 0.0F)};
            one.input.location->values[entry] = 1;
            append(batch, one);
        }
        models::LearnOptions options;
        options.rate = 1e-3 * (1 - static_cast<double>(step) / (arguments.steps + 1));
        loss += network->learn(batch, options, {}).loss;
        if (step % 50 == 0) {
            std::printf("step %d, loss %.4f, %.0f s\n", step, loss / 50, secondsSince(begun));
            std::fflush(stdout);
            loss = 0;
        }
    }
    models::Registry({}, arguments.work).store(manifest, network->averagedWeights());
}

double meanEntropy(models::Network& network, const std::vector<prediction::SampleTile>& tiles,
                   const std::vector<float>& vector) {
    double sum = 0;
    double pixels = 0;
    for (std::size_t first = 0; first < tiles.size(); first += 8) {
        const auto end = std::min(tiles.size(), first + 8);
        models::FeatureBatch batch{prediction::featuresOf(tiles, first, end, network.spec()), {}, {}};
        batch.location = models::Tensor{{static_cast<std::int64_t>(end - first), 12}, {}};
        for (auto i = first; i < end; ++i) {
            batch.location->values.insert(batch.location->values.end(), vector.begin(), vector.end());
        }
        auto weights = prediction::usablePixels(tiles, first, end, network.spec());
        pixels += std::accumulate(weights.values.begin(), weights.values.end(), 0.0);
        sum += network.locationEntropy(std::move(batch), std::move(weights), {}).entropy;
    }
    return sum / pixels;
}

void measure(const Arguments& arguments, models::ModelsModule& module) {
    const auto model = models::Registry({}, arguments.work).find("regions");
    const auto network =
        module.open(model.manifest.network, models::loadWeights(model), {"cpu", arguments.threads});
    const auto scene =
        sceneOf(fs::path(arguments.work) / "test", 3001, arguments.testSize, arguments.testRegion);
    const auto sample = prediction::TileSample(*scene, model.manifest, 99).withData(512, {});
    const auto run = [&](const char* name, const prediction::BiasOptimisationOptions& options) {
        const auto begun = Clock::now();
        const auto result = prediction::optimiseBias(*network, model.manifest, *scene, options, {});
        const double seconds = secondsSince(begun);
        std::printf("%s: %.1f s\n%s", name, seconds, prediction::describe(result).c_str());
        std::printf("mean entropy over 512 other tiles: %.5f\n\n",
                    meanEntropy(*network, sample, result.vector));
        std::fflush(stdout);
    };
    run("default", arguments.options);
    auto published = arguments.options;
    published.published = true;
    published.publishedEpochs = arguments.convergedEpochs;
    published.publishedRate = arguments.convergedRate;
    run("as published, at a rate at which it converges", published);
}

} // namespace

int main(int argc, char** argv) {
    Arguments arguments;
    CLI::App app("Measures bias optimisation on a simulated scene.");
    app.add_option("--work", arguments.work, "Folder for scenes and the model; what is there is used again");
    app.add_option("--train-steps", arguments.steps, "");
    app.add_option("--threads", arguments.threads, "");
    app.add_option("--test-region", arguments.testRegion, "Light of the test scene, 0 to 10, or beyond");
    app.add_option("--tiles", arguments.options.tiles, "");
    app.add_option("--steps", arguments.options.steps, "");
    app.add_option("--rate", arguments.options.rate, "");
    app.add_option("--tolerance", arguments.options.tolerance, "");
    app.add_option("--converged-epochs", arguments.convergedEpochs, "");
    app.add_option("--converged-rate", arguments.convergedRate, "");
    CLI11_PARSE(app, argc, argv);
    try {
        auto& module = models::loadModule(installPaths().modelsModule);
        std::printf("%s\n", module.description().c_str());
        if (!fs::exists(fs::path(arguments.work) / "regions" / "model.json")) {
            train(arguments, module);
        }
        measure(arguments, module);
    } catch (const Error& error) {
        std::fprintf(stderr, "%s\n", error.what());
        return 1;
    }
    return 0;
}
