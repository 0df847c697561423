// SPDX-License-Identifier: GPL-3.0-or-later
#include "tasks/replay.h"

#include "exchange/outline_files.h"
#include "models/simulated_only.h"
#include "prediction/predict_scene.h"
#include "scene/simulate.h"

#include <algorithm>
#include <array>
#include <string>

namespace nunatak::tasks {

namespace {

constexpr int sceneCount = 2;
constexpr int side = 384;
constexpr std::uint64_t firstSeed = 1001; // docs/starter-model.md
constexpr std::uint64_t seeds = 14;

bool learntFromSimulations(const models::Manifest& manifest) {
    return models::isSimulatedOnly(manifest) ||
           manifest.provenance.find(training::replayedWords) != std::string::npos;
}

bool canBeSimulated(const models::Manifest& manifest) {
    constexpr std::array<std::string_view, 6> made{"optical",       "dem",    "co_pol_sar",
                                                   "cross_pol_sar", "in_sar", "thermal"};
    return manifest.pixelSize >= 5 && manifest.pixelSize <= 240 &&
           std::ranges::all_of(manifest.network.features, [&](const auto& feature) {
               return std::ranges::find(made, feature.name) != made.end();
           });
}

} // namespace

std::vector<training::TrainingArea> scenesToReplay(const models::Manifest& parent, std::uint64_t seed,
                                                   const std::filesystem::path& folder,
                                                   const Progress& progress) {
    std::vector<training::TrainingArea> areas;
    if (!learntFromSimulations(parent) || !canBeSimulated(parent)) {
        return areas;
    }
    const auto pool = std::make_shared<raster::ReaderPool>();
    for (int i = 0; i < sceneCount; ++i) {
        const Progress part = progress.part(static_cast<double>(i) / sceneCount, (i + 1.0) / sceneCount);
        // The simulator tells of mountains and glaciers, which is not what the user asked for.
        const Progress quiet(
            [&](double fraction, std::string_view) { part.report(fraction, "Making scenes to replay"); },
            progress.stopToken());
        scene::SimulationOptions options;
        options.seed = firstSeed + (seed * sceneCount + static_cast<std::uint64_t>(i)) % seeds;
        options.columns = side;
        options.rows = side;
        options.pixelSize = parent.pixelSize;
        options.features.clear();
        for (const auto& feature : parent.network.features) {
            options.features.push_back(feature.name);
        }
        const auto simulated = scene::simulate(options, folder / std::to_string(options.seed), quiet);
        const auto scene = scene::loadScene(simulated.sceneJson);
        training::TrainingArea area;
        area.crs = scene.grid.crs;
        for (auto& outline : exchange::readOutlines(simulated.truth, area.crs).outlines) {
            area.glaciers.push_back(std::move(outline.geometry));
        }
        area.scene = std::make_shared<const scene::SceneReader>(scene, pool);
        area.isReplay = true;
        if (prediction::missingBands(*area.scene, parent).empty()) {
            areas.push_back(std::move(area));
        }
    }
    return areas;
}

} // namespace nunatak::tasks
