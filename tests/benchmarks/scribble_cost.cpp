// SPDX-License-Identifier: GPL-3.0-or-later
// What a stroke costs in a view of 1,024² pixels once the features are there: the head, its classes and the
// outlines that would come of it, with the starter's 16 channels and with 64 as the published networks have
// (made of the starter's, with noise: what a stroke costs does not depend on what they say); and beside it,
// in the same run, what looking once at the view costs the starter.
//
//     scribble_cost [FOLDER]      a simulated scene is made there, or used again
//
// Seconds on the clock, median of nine sets of strokes. Figures in docs/performance.md.
#include "base/error.h"
#include "base/install_paths.h"
#include "exchange/outline_files.h"
#include "models/module_loader.h"
#include "outlines/outline_set.h"
#include "prediction/predict_scene.h"
#include "scene/simulate.h"
#include "scribble/scribbled.h"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <functional>
#include <memory>
#include <random>
#include <string>
#include <vector>

namespace {

namespace fs = std::filesystem;
using namespace nunatak;
using Clock = std::chrono::steady_clock;

constexpr int repeats = 9;

double secondsOf(const std::function<void()>& work) {
    const auto begun = Clock::now();
    work();
    return std::chrono::duration<double>(Clock::now() - begun).count();
}

scribble::ViewFeatures lookedAt(const fs::path& folder, double& seconds) {
    const auto paths = installPaths();
    const auto model = models::Registry(paths.installedModels, paths.userModels).find("starter");
    auto network =
        models::loadModule(paths.modelsModule).open(model.manifest.network, models::loadWeights(model), {});
    const scene::SceneReader scene(scene::loadScene(folder / "scene.json"),
                                   std::make_shared<raster::ReaderPool>());
    scribble::ViewFeatures view;
    seconds = secondsOf([&] {
        view = scribble::readViewFeatures(scene, model, *network,
                                          {0, 0, scribble::mostPixels, scribble::mostPixels}, {});
    });
    return view;
}

scribble::ViewFeatures widened(const scribble::ViewFeatures& view, int channels) {
    scribble::ViewFeatures wide = view;
    wide.values = Image<std::uint16_t>(channels, view.grid.rows, view.grid.columns);
    wide.mean.clear();
    wide.deviation.clear();
    std::mt19937 random(1);
    for (int channel = 0; channel < channels; ++channel) {
        const int from = channel % view.channels();
        const float spread = view.deviation[static_cast<std::size_t>(from)];
        for (std::size_t i = 0; i < view.logit.bandSize(); ++i) {
            const float noise = static_cast<float>(random()) / 4294967296.0F - 0.5F;
            wide.values.band(channel)[i] =
                scribble::ViewFeatures::toShort(view.value(from, i) + noise * spread);
        }
        wide.mean.push_back(view.mean[static_cast<std::size_t>(from)]);
        wide.deviation.push_back(spread);
    }
    return wide;
}

/// Five strokes of twenty pixels, every other of no ice.
std::vector<scribble::Stroke> strokesFor(const geo::Grid& grid, unsigned seed) {
    std::mt19937 random(seed);
    std::vector<scribble::Stroke> strokes;
    for (int i = 0; i < 5; ++i) {
        const double column = 100 + random() % 800;
        const double row = 100 + random() % 800;
        strokes.push_back({{grid.toMap(column, row), grid.toMap(column + 20, row + 5)}, i % 2 == 0});
    }
    return strokes;
}

double print(const char* what, std::vector<double> seconds) {
    std::sort(seconds.begin(), seconds.end());
    const double median = seconds[seconds.size() / 2];
    std::printf("%-44s %8.3f %8.3f\n", what, median, seconds.back());
    std::fflush(stdout);
    return median;
}

double measure(const std::string& name, const scribble::ViewFeatures& view,
               const outlines::OutlineSet& inventory) {
    editing::EdgeIndices indices;
    std::vector<double> heads, logits, all;
    for (unsigned seed = 1; seed <= repeats; ++seed) {
        scribble::Request request;
        request.layer = "inventory";
        request.crs = view.grid.crs;
        request.strokes = strokesFor(view.grid, seed);
        std::vector<scribble::StrokePixels> pixels;
        for (const auto& stroke : request.strokes) {
            pixels.push_back({scribble::pixelsUnder(stroke.line, view.grid), stroke.isIce});
        }
        scribble::LightHead head;
        heads.push_back(secondsOf([&] { head = scribble::fittedHead(view, pixels); }));
        logits.push_back(secondsOf([&] { scribble::correctedLogit(view, head, pixels); }));
        all.push_back(secondsOf([&] {
            scribble::scribbled(
                view, {[&](const std::string&) { return editing::DraftLayer(&inventory); }, indices},
                request);
        }));
    }
    print((name + ": the head").c_str(), heads);
    print((name + ": its logits").c_str(), logits);
    return print((name + ": strokes to outlines").c_str(), all);
}

} // namespace

int main(int argc, char** argv) {
    try {
        const fs::path folder = argc > 1 ? fs::path(argv[1]) : fs::temp_directory_path() / "scribble_cost";
        if (!fs::exists(folder / "scene.json")) {
            scene::SimulationOptions options;
            options.seed = 7;
            options.columns = options.rows = scribble::mostPixels;
            scene::simulate(options, folder);
        }
        double looking = 0;
        const auto view = lookedAt(folder, looking);
        outlines::OutlineSet inventory;
        for (auto& outline : exchange::readOutlines(folder / "outlines.gpkg", view.grid.crs).outlines) {
            inventory.put(outlines::share(std::move(outline)));
        }
        std::printf("%zu glaciers; features: %.0f MiB\n%-44s %8s %8s\n", inventory.size(),
                    static_cast<double>(view.bytes()) / 1048576, "seconds", "median", "worst");
        std::printf("%-44s %8.3f\n", "the starter looks at the view, once", looking);
        const double starter = measure("16 channels", view, inventory);
        const auto wide = widened(view, 64);
        const double published = measure("64 channels", wide, inventory);
        std::printf("64 channels: features %.0f MiB\nof looking once: %.3f with 16 channels, %.3f with 64\n",
                    static_cast<double>(wide.bytes()) / 1048576, starter / looking, published / looking);
        return 0;
    } catch (const Error& error) {
        std::fprintf(stderr, "%s\n", error.what());
        return 1;
    }
}
