// SPDX-License-Identifier: GPL-3.0-or-later
// How hard simulated scenes are: the band ratio (red / SWIR1, Otsu's threshold, median of 3 × 3) against the
// truth of each seed, and how much of the debris-covered ice it finds.
#include "base/error.h"
#include "exchange/outline_files.h"
#include "prediction/band_ratio.h"
#include "prediction/confidence.h"
#include "scene/scene_reader.h"
#include "scene/simulate.h"
#include "scene/simulation/given_data.h"
#include "scene/simulation/patch.h"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <cstdio>
#include <filesystem>

namespace {

namespace fs = std::filesystem;
using namespace nunatak;

struct Arguments {
    std::string scenes = "simulated";
    int firstSeed = 1;
    int lastSeed = 20;
    int size = 1024;
};

fs::path sceneOf(const Arguments& arguments, int seed) {
    const fs::path folder = fs::path(arguments.scenes) / ("seed" + std::to_string(seed));
    if (!fs::exists(folder / "scene.json")) {
        scene::SimulationOptions options;
        options.seed = static_cast<std::uint64_t>(seed);
        options.columns = arguments.size;
        options.rows = arguments.size;
        scene::simulate(options, folder);
    }
    return folder;
}

/// Ice of which most is under debris.
std::size_t measure(const Arguments& arguments, int seed, double& iou, double& debrisFound,
                    double& debrisShare) {
    const fs::path folder = sceneOf(arguments, seed);
    const auto scenery = scene::loadScene(folder / "scene.json");
    const scene::SceneReader reader(scenery, std::make_shared<raster::ReaderPool>());
    const auto outlines = exchange::readOutlines(folder / "outlines.gpkg", scenery.grid.crs).outlines;
    const auto truth = scene::simulation::burnt(outlines, scenery.grid);
    const auto found =
        prediction::bandRatio(reader.read("optical", {"blue", "red", "swir1"}, scenery.grid), {});
    const auto place =
        scene::simulation::makePlace(static_cast<std::uint64_t>(seed), scenery.grid, nullptr, {});
    const geo::PixelWindow all{0, 0, scenery.grid.columns, scenery.grid.rows};
    const auto patch = scene::simulation::patchOf(place, truth, all, all);
    double both = 0;
    double either = 0;
    double ice = 0;
    double debris = 0;
    double foundDebris = 0;
    for (std::size_t i = 0; i < truth.values().size(); ++i) {
        const bool isIce = truth.values()[i] != 0;
        const bool isFound = found.values()[i] != 0 && found.values()[i] != prediction::NotPredicted;
        const bool isDebris = isIce && patch.debris.values()[i] > 0.5F;
        both += isIce && isFound ? 1 : 0;
        either += isIce || isFound ? 1 : 0;
        ice += isIce ? 1 : 0;
        debris += isDebris ? 1 : 0;
        foundDebris += isDebris && isFound ? 1 : 0;
    }
    iou = both / std::max(1.0, either);
    debrisFound = foundDebris / std::max(1.0, debris);
    debrisShare = debris / std::max(1.0, ice);
    return outlines.size();
}

} // namespace

int main(int argc, char** argv) {
    Arguments arguments;
    CLI::App app("Measures how well a band ratio maps simulated scenes.");
    app.add_option("--scenes", arguments.scenes, "Folder of simulated scenes; missing ones are made");
    app.add_option("--size", arguments.size, "Pixels per side of a scene");
    app.add_option("--first-seed", arguments.firstSeed, "First scene");
    app.add_option("--last-seed", arguments.lastSeed, "Last scene");
    CLI11_PARSE(app, argc, argv);
    try {
        std::printf("| seed | glaciers | band ratio IoU | of the ice under debris | of that found "
                    "|\n|---|---|---|---|---|\n");
        double sum = 0;
        double foundSum = 0;
        for (int seed = arguments.firstSeed; seed <= arguments.lastSeed; ++seed) {
            double iou = 0;
            double found = 0;
            double share = 0;
            const auto glaciers = measure(arguments, seed, iou, found, share);
            std::printf("| %d | %zu | %.3f | %.0f %% | %.0f %% |\n", seed, glaciers, iou, 100 * share,
                        100 * found);
            std::fflush(stdout);
            sum += iou;
            foundSum += found;
        }
        const int seeds = arguments.lastSeed - arguments.firstSeed + 1;
        std::printf("| mean | | %.3f | | %.0f %% |\n", sum / seeds, 100 * foundSum / seeds);
    } catch (const Error& error) {
        std::fprintf(stderr, "%s\n", error.what());
        return 1;
    }
    return 0;
}
