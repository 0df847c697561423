// SPDX-License-Identifier: GPL-3.0-or-later
#include "prediction/class_map.h"

#include "base/error.h"
#include "prediction/confidence.h"
#include "prediction/foreign_band.h"
#include "prediction/predicted_outlines.h"
#include "prediction/quality.h"
#include "raster/overview_file.h"
#include "raster/raster_reader.h"
#include "raster/raster_writer.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <limits>

#include <nlohmann/json.hpp>

namespace nunatak::prediction {

namespace {

constexpr int stripRows = 512;

/// What people call a raster.
std::string nameOf(const std::string& raster) {
    return std::filesystem::path(raster).filename().string();
}

/// Flags of quality.h.
Image<float> statesOf(const Image<std::uint8_t>& classes) {
    Image<float> states(1, classes.rows(), classes.columns());
    std::transform(classes.values().begin(), classes.values().end(), states.values().begin(),
                   [](std::uint8_t value) { return value == NotPredicted ? float(quality::noData) : 0.0F; });
    return states;
}

std::string shareText(std::int64_t part, std::int64_t whole) {
    const double percent = 100 * static_cast<double>(part) / static_cast<double>(whole);
    return percent < 1 ? "Less than 1 %" : "About " + std::to_string(std::lround(percent)) + " %";
}

/// Whether a raster and a scene have any ground in common.
bool meet(const geo::Grid& raster, const scene::Scene& scene) {
    return geo::CoordinateTransform(raster.crs, scene.grid.crs)(raster.extent())
        .intersects(scene.grid.extent());
}

} // namespace

std::string foreignFingerprint(const ForeignRasters& rasters) {
    const bool isProbability = !rasters.probability.empty();
    const auto own = fingerprintOfRaster(isProbability ? rasters.probability : rasters.mask);
    if (isProbability && rasters.confidence.empty()) {
        return own;
    }
    return raster::digestOf((isProbability ? "probability " : "mask ") + own + " " +
                            (rasters.confidence.empty() ? "" : fingerprintOfRaster(rasters.confidence)));
}

ScenePrediction importPrediction(const ForeignRasters& rasters, const scene::Scene& scene,
                                 const ClassMapOptions& options, const geo::Crs& projectCrs,
                                 const std::filesystem::path& folder, const Progress& progress) {
    const auto started = std::chrono::steady_clock::now();
    const bool isProbability = !rasters.probability.empty();
    const std::string file = isProbability ? rasters.probability : rasters.mask;
    const ForeignBand source(file, isProbability ? ForeignKind::Share : ForeignKind::Mask,
                             Progress({}, progress.stopToken()));
    const auto grid = source.grid();
    std::optional<ForeignBand> confidence;
    if (!rasters.confidence.empty()) {
        confidence.emplace(rasters.confidence, ForeignKind::Share, Progress({}, progress.stopToken()));
        if (!(confidence->grid() == grid)) {
            throw Error("The rasters " + file + " and " + rasters.confidence +
                        " have different grids; they must belong to the same prediction.");
        }
    }
    ScenePrediction prediction;
    prediction.modelName = nameOf(file);
    prediction.modelFingerprint = foreignFingerprint(rasters);
    prediction.notes = source.notes();
    if (!meet(grid, scene)) {
        prediction.notes.push_back("All of the raster lies elsewhere than the scene " + scene.name +
                                   ": is it the right file, and its coordinate system the one it says?");
    }
    prediction.threshold = options.threshold;
    prediction.settings = nlohmann::json{{"imported", prediction.modelName},
                                         {"threshold", options.threshold},
                                         {"smoothing", options.smoothing},
                                         {"minimum_area", options.minimumArea},
                                         {"outline_form", toString(options.outlineForm)}}
                              .dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
    const auto name = fileNamePart(scene.id).substr(0, 8) + "_imported-" +
                      prediction.modelFingerprint.substr(0, 8) + ".tif";
    const auto floats = [&](const char* band) {
        raster::RasterLayout layout;
        layout.grid = grid;
        layout.bandNames = {band};
        layout.noData = std::numeric_limits<double>::quiet_NaN();
        layout.metadata = {{"NUNATAK_MODEL", prediction.modelName},
                           {"NUNATAK_CONFIDENCE", confidence ? "as imported" : "not calibrated"}};
        return layout;
    };
    std::filesystem::create_directories(folder);
    std::optional<raster::RasterWriter> probabilityCopy;
    if (isProbability) {
        prediction.probability = folder / ("probability_" + name);
        probabilityCopy.emplace(prediction.probability.string(), floats("probability of glacier ice"));
    }
    std::optional<raster::RasterWriter> confidenceCopy;
    if (isProbability || confidence) {
        prediction.confidence = folder / ("confidence_" + name);
        confidenceCopy.emplace(prediction.confidence.string(), floats("confidence"));
    }
    // What comparing looks at: where the raster has no data nothing is known of the other model.
    prediction.quality = folder / ("quality_" + name);
    raster::RasterLayout flags = floats("state");
    flags.type = raster::PixelType::UInt8;
    flags.noData.reset();
    flags.isClasses = true;
    raster::RasterWriter flagWriter(prediction.quality, flags);
    std::int64_t without = 0;
    Image<std::uint8_t> classes(1, grid.rows, grid.columns, NotPredicted);
    for (int row = 0; row < grid.rows; row += stripRows) {
        progress.report(0.7 * row / grid.rows, "Reading rasters");
        const int rows = std::min(stripRows, grid.rows - row);
        const auto values = source.rows(row, rows);
        const auto part = classify(values, isProbability ? options.threshold : 0.5);
        std::copy(part.values().begin(), part.values().end(), classes.row(0, row));
        without += std::count(part.values().begin(), part.values().end(), NotPredicted);
        flagWriter.write(statesOf(part), 0, row);
        if (probabilityCopy) {
            probabilityCopy->write(values, 0, row);
        }
        if (confidenceCopy) {
            confidenceCopy->write(confidence ? confidence->rows(row, rows) : shannonConfidence(values), 0,
                                  row);
        }
    }
    medianFilterInPlace(classes, options.smoothing);
    fillInOutlines(prediction, std::move(classes), grid, options.minimumArea, options.outlineForm, scene,
                   projectCrs, progress.part(0.75, 0.95));
    if (without > 0) {
        prediction.notes.push_back(
            shareText(without, std::int64_t(grid.columns) * grid.rows) +
            " of the raster has no data; nothing is said there, and comparing leaves it out.");
    }
    flagWriter.finish();
    if (probabilityCopy) {
        probabilityCopy->finish();
    }
    if (confidenceCopy) {
        confidenceCopy->finish();
    }
    if (isProbability && !confidence) {
        prediction.notes.emplace_back(
            "The confidence was worked out from the probability and is not calibrated.");
    }
    progress.report(1, "Done");
    prediction.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - started).count();
    return prediction;
}

} // namespace nunatak::prediction
