// SPDX-License-Identifier: GPL-3.0-or-later
#include "prediction/predict_scene.h"

#include "base/error.h"
#include "geo/shape_operations.h"
#include "models/safetensors.h"
#include "network_predictor.h"
#include "prediction/confidence.h"
#include "prediction/polygonise.h"
#include "raster/raster_writer.h"
#include "scene_tile_source.h"
#include "tile_selection.h"

#include <algorithm>
#include <cctype>
#include <chrono>
#include <limits>

#include <nlohmann/json.hpp>

namespace nunatak::prediction {

namespace {

std::string displayName(const models::Manifest& model) {
    return model.name + " v" + std::to_string(model.version);
}

/// Letters, digits and dashes of a name, for a file's name.
std::string fileNamePart(const std::string& text) {
    std::string part;
    for (const char letter : text) {
        const bool plain = std::isalnum(static_cast<unsigned char>(letter)) != 0;
        part += plain ? letter : '-';
    }
    return part;
}

/// The finished rows of a prediction: into two rasters and a class map.
class PredictionSink final : public engine::RowSink {
public:
    PredictionSink(const geo::Grid& grid, const PredictionFiles& files, double threshold)
        : m_probability(files.probability, layout(grid, "probability of glacier ice")),
          m_confidence(files.confidence, layout(grid, "confidence")),
          m_classes(1, grid.rows, grid.columns, NotPredicted), m_threshold(threshold) {}

    void write(int firstRow, const Image<float>& probability) override {
        m_probability.write(probability, 0, firstRow);
        m_confidence.write(shannonConfidence(probability), 0, firstRow);
        const auto classes = classify(probability, m_threshold);
        std::copy(classes.values().begin(), classes.values().end(), m_classes.row(0, firstRow));
    }

    Image<std::uint8_t>& classes() { return m_classes; }

    void finish(const Progress& progress) {
        progress.report(0, "Writing rasters");
        m_probability.finish();
        progress.report(0.5, "Writing rasters");
        m_confidence.finish();
    }

private:
    static raster::RasterLayout layout(const geo::Grid& grid, const char* band) {
        raster::RasterLayout layout;
        layout.grid = grid;
        layout.bandNames = {band};
        layout.type = raster::PixelType::Float32;
        layout.noData = std::numeric_limits<double>::quiet_NaN();
        return layout;
    }

    raster::RasterWriter m_probability;
    raster::RasterWriter m_confidence;
    Image<std::uint8_t> m_classes;
    double m_threshold;
};

std::string settingsText(const PredictOptions& options, const models::Manifest& model,
                         const std::string& device) {
    nlohmann::json settings{{"model", displayName(model)},         {"fingerprint", model.fingerprint},
                            {"pixel_size", model.pixelSize},       {"tile", model.network.tile},
                            {"overlap", options.overlap},          {"batch", options.batch},
                            {"threshold", options.threshold},      {"smoothing", options.smoothing},
                            {"minimum_area", options.minimumArea}, {"device", device},
                            {"within", options.within.has_value()}};
    if (options.regionOfInterest) {
        const auto& region = *options.regionOfInterest;
        settings["region_of_interest"] = {region.xmin, region.ymin, region.xmax, region.ymax};
    }
    return settings.dump();
}

void checkOptions(const PredictOptions& options) {
    if (!(options.threshold >= 0 && options.threshold < 1)) {
        throw Error("The threshold is a probability from 0 to less than 1, not " +
                    std::to_string(options.threshold) + ".");
    }
    if (!(options.minimumArea >= 0)) {
        throw Error("The smallest area of a glacier cannot be negative.");
    }
    if (options.smoothing < 1 || options.smoothing > 255) {
        throw Error("The median window needs a side of 1 to 255 pixels (1: no smoothing), not " +
                    std::to_string(options.smoothing) + ".");
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
        selection.restrictTo(*options.within, projectCrs);
    }
    if (selection.empty()) {
        throw Error("The region asked for does not touch the scene " + sceneName +
                    "; its coordinates must be in the "
                    "project's coordinate system (" +
                    projectCrs.name() + ").");
    }
    return selection;
}

/// Outlines of what was found, in the project's system, with everything they have to tell.
std::vector<outlines::Outline> outlinesOf(std::vector<geo::MultiPolygon> shapes, const geo::Grid& grid,
                                          const geo::Crs& projectCrs, const scene::Scene& scene,
                                          const ScenePrediction& prediction, const Progress& progress) {
    const geo::CoordinateTransform toProject(grid.crs, projectCrs);
    std::vector<outlines::Outline> found;
    found.reserve(shapes.size());
    for (const auto& shape : shapes) {
        progress.throwIfStopped();
        outlines::Outline outline;
        outline.geometry = toProject(shape);
        if (!toProject.isIdentity() && !geo::invalidReason(outline.geometry).empty()) {
            outline.geometry = geo::madeValid(outline.geometry);
        }
        outline.uuid = outlines::makeUuid();
        outline.srcDate = scene.date;
        outline.sceneId = scene.id;
        outline.sensor = scene.sensor;
        outline.model = prediction.modelName;
        outline.modelFingerprint = prediction.modelFingerprint;
        outline.run = prediction.run;
        outline.threshold = prediction.threshold;
        found.push_back(std::move(outline));
    }
    return found;
}

} // namespace

std::vector<std::string> missingBands(const scene::SceneReader& scene, const models::Manifest& model) {
    const auto required = requiredFeatures(model);
    std::vector<std::string> missing;
    for (const auto& feature : model.network.features) {
        if (std::find(required.begin(), required.end(), feature.name) == required.end()) {
            continue;
        }
        for (const auto& band : feature.bands) {
            if (!scene.has(feature.name, {band})) {
                missing.push_back(feature.name + " " + band);
            }
        }
    }
    return missing;
}

PredictionFiles predictionFiles(const std::filesystem::path& folder, const std::string& sceneId,
                                const models::Manifest& model) {
    const std::string name = fileNamePart(sceneId).substr(0, 8) + "_" + fileNamePart(model.name) + "-v" +
                             std::to_string(model.version) + "-" + model.fingerprint.substr(0, 8) + ".tif";
    return {folder / ("probability_" + name), folder / ("confidence_" + name)};
}

geo::Grid predictionGrid(const scene::Scene& scene, const models::Manifest& model) {
    return scene.grid.atPixelSize(model.pixelSize / scene.grid.crs.metresPerUnit());
}

ScenePrediction predictScene(const scene::SceneReader& scene, const models::StoredModel& model,
                             models::ModelsModule& module, const geo::Crs& projectCrs,
                             const std::filesystem::path& folder, const PredictOptions& options,
                             const Progress& progress) {
    const auto started = std::chrono::steady_clock::now();
    checkOptions(options);
    checkBands(scene, model.manifest);
    const auto& manifest = model.manifest;
    const geo::Grid grid = predictionGrid(scene.scene(), manifest);
    engine::TilingOptions tiling;
    tiling.tile = manifest.network.tile;
    tiling.overlap = options.overlap;
    tiling.batch = options.batch;
    const auto selection = selectTiles(grid, tiling, options, projectCrs, scene.scene().name);
    tiling.wanted = [&selection](const engine::Window& window) { return selection.wants(window); };
    tiling.onTile = preview(grid, options);

    progress.report(0, "Loading the model");
    const auto network =
        module.open(manifest.network, models::readSafetensors(model.weightsFile()), options.device);
    const auto predictor = networkPredictor(*network, displayName(manifest));

    ScenePrediction prediction;
    prediction.run = outlines::makeUuid();
    prediction.sceneId = scene.scene().id;
    prediction.modelName = displayName(manifest);
    prediction.modelFingerprint = manifest.fingerprint;
    prediction.threshold = options.threshold;
    prediction.settings = settingsText(options, manifest, module.description());
    prediction.computed = selection.region(projectCrs);

    std::error_code failure;
    std::filesystem::create_directories(folder, failure);
    if (failure) {
        throw Error("The folder " + folder.string() + " for the prediction's rasters cannot be made (" +
                    failure.message() + ").");
    }
    const auto files = predictionFiles(folder, prediction.sceneId, manifest);
    PredictionSink sink(grid, files, options.threshold);
    SceneTileSource source(scene, manifest, grid, selection.columns());
    engine::predictTiles(grid.columns, grid.rows, tiling, source, predictor, sink, progress.part(0.02, 0.9));

    progress.report(0.9, "Smoothing");
    sink.classes() = medianFilter(sink.classes(), options.smoothing);
    progress.report(0.92, "Outlining glaciers");
    auto polygons = polygonise(sink.classes(), grid, options.minimumArea);
    prediction.dropped = polygons.dropped;
    prediction.glaciers =
        outlinesOf(std::move(polygons.glaciers), grid, projectCrs, scene.scene(), prediction, progress);
    // Last, so that a cancelled prediction leaves no raster without its outlines.
    sink.finish(progress.part(0.95, 1));
    prediction.probability = files.probability;
    prediction.confidence = files.confidence;
    progress.report(1, "Done");
    prediction.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - started).count();
    return prediction;
}

} // namespace nunatak::prediction
