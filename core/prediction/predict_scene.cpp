// SPDX-License-Identifier: GPL-3.0-or-later
#include "prediction/predict_scene.h"

#include "base/error.h"
#include "models/registry.h"
#include "prediction/confidence.h"
#include "prediction/polygonise.h"
#include "prediction/predicted_outlines.h"
#include "prediction/prediction_outputs.h"
#include "prediction/prediction_plan.h"
#include "prediction/prediction_run.h"
#include "scene_tile_source.h"

#include <algorithm>
#include <chrono>
#include <thread>

namespace nunatak::prediction {

namespace {

/// Rows that go to the rasters at once: as many as a tile of a GeoTIFF has, so that each is compressed once.
constexpr int rowsAtOnce = 256;

/// What onTile of the engine is, told in map coordinates, without padding.
std::function<void(const engine::Window&, const Image<float>&)> preview(const geo::Grid& grid,
                                                                        const PredictOptions& options) {
    if (!options.onTile) {
        return {};
    }
    return [&grid, &options](const engine::Window& window, const Image<float>& tile) {
        const int column = std::max(0, window.column);
        const int row = std::max(0, window.row);
        Image<float> inside(1, std::min(grid.rows, window.row + window.rows) - row,
                            std::min(grid.columns, window.column + window.columns) - column);
        for (int i = 0; i < inside.rows(); ++i) {
            std::copy_n(tile.row(0, i + row - window.row) + (column - window.column), inside.columns(),
                        inside.row(0, i));
        }
        options.onTile(grid.window(column, row, inside.columns(), inside.rows()), inside);
    };
}

/// Reading is work for several cores where the network leaves them idle.
int readerThreads() {
    return std::clamp(static_cast<int>(std::thread::hardware_concurrency()) / 2, 1, 8);
}

/// The network over all tiles that are not done yet; finished rows become strips.
void computeRows(const scene::SceneReader& scene, const models::StoredModel& model,
                 models::ModelsModule& module, const PredictionPlan& plan, const PredictOptions& options,
                 PredictionRun& run, ScenePrediction& prediction, const Progress& progress) {
    progress.report(0, "Loading the model");
    models::DeviceOptions device = options.device;
    device.precision = plan.precision;
    const auto network = module.open(model.manifest.network, models::loadWeights(model), device);
    if (!run.kept().location) {
        run.keepLocation(locationVector(plan, *network, model.manifest, scene, options,
                                        prediction.regionTable, progress.part(0, 0.1)));
    }
    std::optional<std::vector<float>> location;
    if (model.manifest.network.location > 0) {
        location = run.kept().location;
    }
    const auto predictor = networkPredictor(*network, prediction.modelName, options.inference, location);

    engine::TilingOptions tiling = plan.tiling;
    tiling.batch = run.kept().batch;
    tiling.readers = readerThreads();
    tiling.wanted = [&plan](const engine::Window& window) { return plan.selection.wants(window); };
    tiling.onTile = preview(plan.grid, options);
    SceneTileSource source(scene, model.manifest, plan.grid, plan.selection.columns());
    auto windows = engine::tileWindows(plan.grid.columns, plan.grid.rows, tiling);
    std::erase_if(windows, [&](const engine::Window& window) {
        return !tiling.wanted(window) || (run.from() != nullptr && window.row < run.from()->nextTiles);
    });
    source.expect(windows, progress.part(0.1, 0.1));
    engine::StripSink sink(run.journal(), run.storage(), [&](int firstRow, int rows) {
        std::vector<std::vector<std::pair<int, int>>> computed;
        for (int row = firstRow; row < firstRow + rows; ++row) {
            computed.push_back(plan.selection.columnsInRow(row));
        }
        const auto quality = source.takeQuality(firstRow, rows, computed, progress.stopToken());
        return std::string(quality.values().begin(), quality.values().end());
    });
    engine::predictTiles(plan.grid.columns, plan.grid.rows, tiling, source, predictor, sink,
                         progress.part(0.1, 1), run.from());
}

/// The strips again, in pieces as the rasters want them.
void writeRows(PredictionRun& run, PredictionOutputs& outputs, const Progress& progress) {
    const auto& journal = run.journal();
    std::size_t strip = 0;
    engine::StripRows held;
    for (int row = 0; row < journal.rows; row += rowsAtOnce) {
        progress.report(static_cast<double>(row) / journal.rows, "Writing rasters");
        const int count = std::min(rowsAtOnce, journal.rows - row);
        Image<float> values(journal.bands, count, journal.columns);
        Image<std::uint8_t> quality(2, count, journal.columns);
        for (int i = 0; i < count; ++i) {
            while (held.values.empty() || row + i >= journal.strips[strip].firstRow + held.values.rows()) {
                strip += held.values.empty() ? 0 : 1;
                held = engine::readStrip(journal, strip, run.storage());
            }
            const int inStrip = row + i - journal.strips[strip].firstRow;
            for (int band = 0; band < journal.bands; ++band) {
                std::copy_n(held.values.row(band, inStrip), journal.columns, values.row(band, i));
            }
            const auto width = static_cast<std::size_t>(journal.columns);
            for (int band = 0; band < 2; ++band) {
                const auto place =
                    (static_cast<std::size_t>(band) * static_cast<std::size_t>(held.values.rows()) +
                     static_cast<std::size_t>(inStrip)) *
                    width;
                std::copy_n(reinterpret_cast<const std::uint8_t*>(held.extra.data()) + place, width,
                            quality.row(band, i));
            }
        }
        outputs.add(row, std::move(values), std::move(quality));
    }
}

/// Of the classes, the pieces of ice in the region or beside it, whole.
Image<std::uint8_t> iceAround(Image<std::uint8_t> classes, const TileSelection& selection) {
    constexpr std::uint8_t kept = 2;
    std::vector<std::pair<int, int>> waiting;
    const auto take = [&](int row, int column) {
        if (row >= 0 && row < classes.rows() && column >= 0 && column < classes.columns() &&
            classes.at(0, row, column) == Glacier) {
            classes.at(0, row, column) = kept;
            waiting.emplace_back(row, column);
        }
    };
    for (int row = 0; row < classes.rows(); ++row) {
        for (const auto& [first, end] : selection.ownColumnsInRow(row)) {
            for (int column = first - 1; column <= end; ++column) {
                take(row, column);
            }
            for (int column = first; column < end; ++column) {
                take(row - 1, column);
                take(row + 1, column);
            }
        }
    }
    while (!waiting.empty()) {
        const auto [row, column] = waiting.back();
        waiting.pop_back();
        take(row - 1, column);
        take(row + 1, column);
        take(row, column - 1);
        take(row, column + 1);
    }
    for (auto& value : classes.values()) {
        value = value == kept ? Glacier : value == NotPredicted ? NotPredicted : Background;
    }
    return classes;
}

/// Whether ice ends only because the region does: beside it lies a pixel that was not asked for.
bool endsAtRegion(const Image<std::uint8_t>& classes, const TileSelection& selection) {
    const auto isBeyond = [&](int row, int column) {
        if (row < 0 || row >= classes.rows() || column < 0 || column >= classes.columns() ||
            classes.at(0, row, column) != NotPredicted) {
            return false;
        }
        const auto& own = selection.ownColumnsInRow(row);
        return std::none_of(own.begin(), own.end(), [column](const auto& columns) {
            return column >= columns.first && column < columns.second;
        });
    };
    for (int row = 0; row < classes.rows(); ++row) {
        for (int column = 0; column < classes.columns(); ++column) {
            if (classes.at(0, row, column) == Glacier &&
                (isBeyond(row - 1, column) || isBeyond(row + 1, column) || isBeyond(row, column - 1) ||
                 isBeyond(row, column + 1))) {
                return true;
            }
        }
    }
    return false;
}

/// What is known of a prediction before it is made.
ScenePrediction begun(const PredictionPlan& plan, const scene::Scene& scene, const models::Manifest& model,
                      const geo::Crs& projectCrs, const PredictOptions& options) {
    ScenePrediction prediction;
    prediction.run = outlines::makeUuid();
    prediction.sceneId = scene.id;
    prediction.modelName = plan.modelName;
    prediction.modelFingerprint = model.fingerprint;
    prediction.threshold = options.threshold;
    prediction.settings = plan.settings;
    prediction.computed = plan.selection.region(projectCrs);
    prediction.isWholeScene = !plan.selection.isRestricted();
    prediction.notes = plan.notes;
    return prediction;
}

/// Rasters and outlines of finished rows.
void makeResults(PredictionRun& run, const PredictionPlan& plan, const PredictOptions& options,
                 const geo::Crs& projectCrs, const scene::Scene& scene, ScenePrediction& prediction,
                 const Progress& progress) {
    PredictionOutputs outputs(outputSettings(plan, options), plan.selection);
    writeRows(run, outputs, progress.part(0, 0.5));
    progress.report(0.5, "Smoothing");
    outputs.smooth();
    outputs.writeClasses();
    auto classes = outputs.takeClasses();
    if (outputs.isMerged() && !options.standalone) {
        // A project has the outlines beyond the region itself.
        classes = iceAround(std::move(classes), plan.selection);
        prediction.joinsOlder = true;
    }
    if (plan.selection.isRestricted() && !outputs.isMerged() && endsAtRegion(classes, plan.selection)) {
        prediction.notes.emplace_back("Glaciers are cut at the edge of the region: there are no rasters of "
                                      "this prediction that tell how they go on beyond it.");
    }
    progress.report(0.6, "Outlining glaciers");
    auto found = polygonise(std::move(classes), plan.grid, options.minimumArea, options.outlineForm);
    prediction.dropped = found.dropped;
    prediction.glaciers = outlinesOf(found.glaciers, plan.grid, projectCrs, scene, prediction, progress);
    if (options.outlineLowConfidence) {
        progress.report(0.7, "Outlining low confidence");
        found = polygonise(outputs.takeLowConfidence(), plan.grid, options.minimumArea, options.outlineForm);
        prediction.lowConfidence =
            outlinesOf(found.glaciers, plan.grid, projectCrs, scene, prediction, progress);
        for (auto& place : prediction.lowConfidence) {
            place.threshold = options.confidenceThreshold;
        }
    }
    prediction.lowConfidenceShare = outputs.lowConfidenceShare();
    // Last, so that a cancelled prediction leaves no raster without its outlines.
    outputs.finish(progress.part(0.8, 1));
}

void throwUnlessFree(const OutputSettings& settings) {
    const auto& files = settings.files;
    for (const auto& file : {files.probability, files.confidence, files.quality, files.outlines}) {
        nunatak::throwUnlessFree(file, settings.claim);
    }
    if (settings.hasSpread) {
        nunatak::throwUnlessFree(files.uncertainty, settings.claim);
    }
}

} // namespace

ScenePrediction predictScene(const scene::SceneReader& scene, const models::StoredModel& model,
                             models::ModelsModule& module, const geo::Crs& projectCrs,
                             const std::filesystem::path& folder, const PredictOptions& options,
                             const Progress& progress) {
    const auto started = std::chrono::steady_clock::now();
    const auto& manifest = model.manifest;
    const auto plan = planNetworkRun(scene, manifest, module, projectCrs, folder, options);

    throwUnlessFree(outputSettings(plan, options)); // better known now than after hours of computing
    auto prediction = begun(plan, scene.scene(), manifest, projectCrs, options);
    PredictionRun run(
        plan.files.run,
        identityOf(scene.scene(), manifest, options, plan.grid, plan.selection.fingerprint(), plan.precision),
        options.resume, plan.grid.columns, plan.grid.rows, plan.tiling.bands, {options.batch, {}});
    if (options.resume && !run.isResumed()) {
        prediction.notes.push_back("There was no interrupted prediction to go on with, so all was computed.");
    }
    if (!run.isComplete()) {
        computeRows(scene, model, module, plan, options, run, prediction, progress.part(0, 0.9));
    }
    scene.dropUnneeded(); // the outlines of a large scene want that memory
    if (run.kept().location && !run.kept().location->empty()) {
        prediction.settings = withLocation(prediction.settings, *run.kept().location);
    }
    makeResults(run, plan, options, projectCrs, scene.scene(), prediction, progress.part(0.9, 1));
    run.remove();
    prediction.probability = plan.files.probability;
    prediction.confidence = plan.files.confidence;
    prediction.quality = plan.files.quality;
    prediction.outlines = plan.files.outlines;
    if (options.inference.hasSpread()) {
        prediction.uncertainty = plan.files.uncertainty;
    }
    progress.report(1, "Done");
    prediction.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - started).count();
    return prediction;
}

ScenePrediction expectedPrediction(const scene::SceneReader& scene, const models::StoredModel& model,
                                   models::ModelsModule& module, const geo::Crs& projectCrs,
                                   const std::filesystem::path& folder, const PredictOptions& options) {
    const auto plan = planNetworkRun(scene, model.manifest, module, projectCrs, folder, options);
    return begun(plan, scene.scene(), model.manifest, projectCrs, options);
}

} // namespace nunatak::prediction
