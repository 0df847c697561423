// SPDX-License-Identifier: GPL-3.0-or-later
#include "prediction/prediction_plan.h"

#include "base/error.h"
#include "engine/run_journal.h"
#include "models/simulated_only.h"
#include "prediction/bias_optimisation.h"
#include "prediction/calibration.h"
#include "prediction/precision_check.h"
#include "prediction/prediction_settings.h"
#include "scene/simulated.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>

#include <nlohmann/json.hpp>

namespace nunatak::prediction {

namespace {

std::string displayName(const models::Manifest& model) {
    return model.name + " v" + std::to_string(model.version);
}

std::string inMetres(double metres) {
    std::array<char, 32> text{};
    std::snprintf(text.data(), text.size(), "%g m", metres);
    return text.data();
}

void checkOptions(const PredictOptions& options) {
    if (!(options.threshold >= 0 && options.threshold < 1)) {
        throw Error("The threshold is a probability from 0 to less than 1, not " +
                    std::to_string(options.threshold) + ".");
    }
    if (!(options.confidenceThreshold >= 0 && options.confidenceThreshold <= 1)) {
        throw Error("The confidence threshold is a number from 0 to 1, not " +
                    std::to_string(options.confidenceThreshold) + ".");
    }
    if (!(options.minimumArea >= 0)) {
        throw Error("The smallest area of a glacier cannot be negative.");
    }
    if (options.smoothing < 1 || options.smoothing > 255) {
        throw Error("The median window needs a side of 1 to 255 pixels (1: no smoothing), not " +
                    std::to_string(options.smoothing) + ".");
    }
    if (options.resolution && !(*options.resolution > 0 && *options.resolution <= 10000)) {
        throw Error("The resolution is a pixel size in metres, more than 0 and at most 10000.");
    }
    if (options.inference.dropoutPasses < 0 || options.inference.dropoutPasses > 1000) {
        throw Error("MC dropout needs 1 to 1000 passes (0: none), not " +
                    std::to_string(options.inference.dropoutPasses) + ".");
    }
}

void checkBands(const scene::SceneReader& scene, const models::Manifest& model) {
    const auto missing = missingBands(scene, model);
    if (missing.empty()) {
        return;
    }
    std::string list;
    for (const auto& band : missing) {
        list += (list.empty() ? "" : ", ") + band;
    }
    throw Error("The scene " + scene.scene().name + " lacks bands that the model " + displayName(model) +
                " needs: " + list + ". Add rasters with these bands to the scene or choose another model.");
}

TileSelection selectTiles(const geo::Grid& grid, const engine::TilingOptions& tiling,
                          const PredictOptions& options, const geo::Crs& projectCrs,
                          const std::string& sceneName) {
    TileSelection selection(grid, tiling);
    if (options.regionOfInterest) {
        if (options.regionOfInterest->empty()) {
            throw Error(
                "The region of interest is empty: its xmin must be less than its xmax, its ymin than its "
                "ymax.");
        }
        selection.restrictTo(shapeOf(*options.regionOfInterest), projectCrs);
    }
    if (options.within) {
        const bool anything = !selection.empty();
        selection.restrictTo(*options.within, projectCrs);
        if (anything && selection.empty()) {
            throw Error("The outlines to predict within do not touch " +
                        std::string(options.regionOfInterest ? "the region asked for of " : "") +
                        "the scene " + sceneName + "; give outlines of the same place.");
        }
    }
    // At the region's edge the median looks at pixels beyond it. The usual windows take the same tiles, so
    // that a run goes on with another one.
    constexpr int usualReach = 4;
    selection.setMargin(std::max(usualReach, options.smoothing / 2));
    if (selection.empty()) {
        throw Error("The region asked for does not touch the scene " + sceneName +
                    "; its coordinates must be in the project's coordinate system (" + projectCrs.name() +
                    ").");
    }
    return selection;
}

std::string nameOf(models::Precision precision) {
    switch (precision) {
    case models::Precision::BFloat16:
        return "bf16";
    case models::Precision::Float16:
        return "fp16";
    case models::Precision::Float32:
        break;
    }
    return "float32";
}

/// Tells any two calibrations apart.
std::string fingerprintOf(const models::Calibration* calibration) {
    if (calibration == nullptr) {
        return "none";
    }
    const nlohmann::json numbers{static_cast<int>(calibration->method), calibration->points,
                                 calibration->coefficients, calibration->gamma};
    return std::to_string(engine::checksum(numbers.dump()));
}

/// Everything that shapes the pixels of the rasters.
nlohmann::json makingOf(const PredictionPlan& plan, const PredictOptions& options,
                        const models::Manifest& model, const std::string& sceneId) {
    auto located = plan.location.description;
    if (options.region == "optimise") {
        located = options.publishedOptimisation ? "optimised as published" : "optimised";
    }
    return {{"scene", sceneId},
            {"fingerprint", model.fingerprint},
            {"pixel_size", options.resolution.value_or(model.pixelSize)},
            {"overlap", options.overlap},
            {"threshold", options.threshold},
            {"confidence_threshold", options.confidenceThreshold},
            {"smoothing", options.smoothing},
            {"inference", options.inference.name()},
            {"passes", options.inference.dropoutPasses},
            {"seed", options.inference.dropoutPasses > 0 ? options.inference.seed : 0},
            {"located", located},
            {"precision", nameOf(plan.precision)},
            {"calibration", fingerprintOf(plan.calibration)}};
}

std::string settingsText(const PredictionPlan& plan, const PredictOptions& options,
                         const models::Manifest& model, const std::string& device, nlohmann::json settings) {
    settings.update({{"model", plan.modelName},
                     {"tile", model.network.tile},
                     {"batch", options.batch},
                     {"minimum_area", options.minimumArea},
                     {"outline_form", toString(options.outlineForm)},
                     {"region", options.region},
                     {"calibrated", plan.calibration != nullptr},
                     {"device", device},
                     {"within", options.within.has_value()}});
    if (options.regionOfInterest) {
        const auto& region = *options.regionOfInterest;
        settings["region_of_interest"] = {region.xmin, region.ymin, region.xmax, region.ymax};
    }
    return settings.dump();
}

/// Where the rasters go, and whether a region is added to what lies there. In a project nothing is replaced
/// that another layer, or a step that undo leads back to, was made from: what was made with other settings
/// stays, and this gets files of its own.
void chooseFiles(PredictionPlan& plan, const PredictOptions& options, const std::filesystem::path& folder,
                 const std::string& making) {
    const bool isWhole = !plan.selection.isRestricted();
    if (isWhole && options.standalone) {
        return; // the folder is one prediction's
    }
    const auto find = [&] {
        return olderRasters(plan.files, making, plan.grid, options.inference.hasSpread());
    };
    auto older = find();
    if (!older.difference.empty() && options.standalone) {
        throw Error("The rasters in " + folder.string() +
                    " hold another prediction than a region of this one could be added to (" +
                    older.difference +
                    "). Predict with the same settings, predict the whole scene, or choose another folder.");
    }
    if (!older.difference.empty() && !(isWhole && older.isDamaged)) {
        plan.files = markedFiles(plan.files, markOf(making));
        plan.notes.push_back("The project's rasters of this scene and model were made with other settings (" +
                             older.difference + ") and stay, so this " + (isWhole ? "prediction" : "region") +
                             " has rasters of its own.");
        older = find();
    }
    plan.addsToOlder = !isWhole && older.exist && older.difference.empty();
}

/// Features the model can do without and of which the scene has nothing, or not all bands.
std::string missingOptional(const scene::SceneReader& scene, const models::Manifest& model) {
    std::string list;
    for (const auto& feature : model.network.features) {
        std::string bands;
        std::size_t count = 0;
        for (const auto& band : feature.bands) {
            if (!scene.has(feature.name, {band})) {
                bands += " " + band;
                ++count;
            }
        }
        if (count > 0) {
            list += (list.empty() ? "" : ", ") + feature.name + (count < feature.bands.size() ? bands : "");
        }
    }
    return list;
}

void addNotes(PredictionPlan& plan, const PredictOptions& options, const models::Manifest& model,
              const scene::SceneReader& scene) {
    if (const auto missing = missingOptional(scene, model); !missing.empty()) {
        plan.notes.push_back("The scene has no " + missing + "; the model " + plan.modelName +
                             " predicts without, as it can, and the quality raster says so.");
    }
    if (options.resolution && std::abs(*options.resolution - model.pixelSize) > 1e-6 * model.pixelSize) {
        plan.notes.push_back("The model " + plan.modelName + " was trained at " + inMetres(model.pixelSize) +
                             " and is used at " + inMetres(*options.resolution) +
                             " as asked for; its accuracy there is unknown.");
    }
    if (models::isSimulatedOnly(model) && !scene::isSimulated(scene.scene())) {
        plan.notes.push_back(
            "The model " + plan.modelName +
            " has learnt from simulated scenes alone and has never seen a real satellite "
            "picture: take its outlines for a start to be corrected and to teach it, not for "
            "a result.");
    }
    const auto notes =
        inferenceNotes(model, options.inference, options.threshold, options.resolution.value_or(0));
    plan.notes.insert(plan.notes.end(), notes.begin(), notes.end());
    plan.notes.insert(plan.notes.end(), plan.location.warnings.begin(), plan.location.warnings.end());
}

} // namespace

PredictionPlan planNetworkRun(const scene::SceneReader& scene, const models::Manifest& model,
                              models::ModelsModule& module, const geo::Crs& projectCrs,
                              const std::filesystem::path& folder, const PredictOptions& options) {
    checkOptions(options);
    checkBands(scene, model);
    const geo::Grid grid = predictionGrid(scene.scene(), model, options.resolution);
    engine::TilingOptions tiling;
    tiling.tile = model.network.tile;
    tiling.overlap = options.overlap;
    tiling.batch = options.batch;
    tiling.bands = options.inference.hasSpread() ? 2 : 1;
    PredictionPlan plan{.grid = grid,
                        .tiling = tiling,
                        .selection = selectTiles(grid, tiling, options, projectCrs, scene.scene().name),
                        .files = options.standalone ? standaloneFiles(folder)
                                                    : predictionFiles(folder, scene.scene().id, model),
                        .addsToOlder = false,
                        .precision = precisionFor(model, module, options.device.device, options.precision),
                        .location = {},
                        .calibration = calibrationFor(model, {options.inference.name(), options.threshold,
                                                              options.resolution.value_or(0)}),
                        .modelName = displayName(model),
                        .settings = {},
                        .metadata = {},
                        .notes = {}};
    if (options.region != "optimise") {
        plan.location = locationFor(model, scene.scene(), options.region);
    } else {
        plan.location.description = "region vector optimised for the scene";
    }
    addNotes(plan, options, model, scene);
    const auto making = makingOf(plan, options, model, scene.scene().id);
    plan.settings = settingsText(plan, options, model, module.description(), making);
    chooseFiles(plan, options, folder, making.dump());
    plan.metadata = {
        {makingKey, making.dump()},
        {"NUNATAK_MODEL", plan.modelName},
        {"NUNATAK_MODEL_FINGERPRINT", model.fingerprint},
        {"NUNATAK_SCENE", scene.scene().id},
        {"NUNATAK_INFERENCE", options.inference.name()},
        {"NUNATAK_REGION", plan.location.description.empty() ? "none" : plan.location.description},
        {"NUNATAK_PRECISION", nameOf(plan.precision)},
        {"NUNATAK_CONFIDENCE",
         plan.calibration == nullptr ? "not calibrated" : "calibrated: " + plan.calibration->source}};
    return plan;
}

std::vector<float> locationVector(const PredictionPlan& plan, models::Network& network,
                                  const models::Manifest& model, const scene::SceneReader& scene,
                                  const PredictOptions& options, std::string& table,
                                  const Progress& progress) {
    if (options.region != "optimise") {
        return plan.location.vector;
    }
    BiasOptimisationOptions optimisation;
    optimisation.resolution = options.resolution;
    optimisation.published = options.publishedOptimisation;
    const auto result = optimiseBias(network, model, scene, optimisation, progress);
    table = describe(result);
    return result.vector;
}

std::string withLocation(const std::string& settings, const std::vector<float>& location) {
    auto json = nlohmann::json::parse(settings);
    json["location"] = location;
    return json.dump();
}

OutputSettings outputSettings(const PredictionPlan& plan, const PredictOptions& options) {
    return {.grid = plan.grid,
            .files = plan.files,
            .claim = options.standalone ? options.claim : inOwnFolder(),
            .threshold = options.threshold,
            .confidenceThreshold = options.confidenceThreshold,
            .smoothing = options.smoothing,
            .calibration = plan.calibration,
            .hasSpread = options.inference.hasSpread(),
            .wantLowConfidence = options.outlineLowConfidence,
            .metadata = plan.metadata,
            .addToOlder = plan.addsToOlder};
}

} // namespace nunatak::prediction
