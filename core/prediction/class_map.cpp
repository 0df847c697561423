// SPDX-License-Identifier: GPL-3.0-or-later
#include "prediction/class_map.h"

#include "base/error.h"
#include "models/safetensors.h"
#include "prediction/confidence.h"
#include "prediction/predicted_outlines.h"
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

/// One band of a file of another program, whose values must lie in 0..1.
class UnitBand {
public:
    explicit UnitBand(const std::string& file) : m_file(file), m_reader(file) {
        const auto& info = m_reader.info();
        if (!info.isGeoreferenced() || !info.northUpGrid()) {
            throw Error("The raster " + file +
                        " cannot be taken over: it needs a coordinate system and square, north-up pixels. "
                        "Warp it first (gdalwarp).");
        }
        if (info.bands.size() > 2) {
            throw Error("The raster " + file + " has " + std::to_string(info.bands.size()) +
                        " bands; a probability, a mask or a confidence has one, or two for background and "
                        "glacier.");
        }
        m_band = {static_cast<int>(info.bands.size())};
    }

    geo::Grid grid() const { return *m_reader.info().northUpGrid(); }
    Image<float> rows(int row, int count) const {
        const int columns = m_reader.info().columns;
        auto strip = m_reader.readWindow(m_band, {0, row, columns, count}, columns, count);
        const auto isOutside = [](float value) { return value < 0 || value > 1; };
        if (std::ranges::any_of(strip.values(), isOutside)) {
            throw Error("The raster " + m_file +
                        " holds values outside of 0 to 1, so it is no probability, mask "
                        "or confidence.");
        }
        return strip;
    }

private:
    std::string m_file;
    raster::RasterReader m_reader;
    std::vector<int> m_band;
};

} // namespace

ScenePrediction importPrediction(const ForeignRasters& rasters, const scene::Scene& scene,
                                 const ClassMapOptions& options, const geo::Crs& projectCrs,
                                 const std::filesystem::path& folder, const Progress& progress) {
    const auto started = std::chrono::steady_clock::now();
    const bool isProbability = !rasters.probability.empty();
    const std::filesystem::path file = isProbability ? rasters.probability : rasters.mask;
    const UnitBand source(file.string());
    const auto grid = source.grid();
    std::optional<UnitBand> confidence;
    if (!rasters.confidence.empty()) {
        confidence.emplace(rasters.confidence);
        if (!(confidence->grid() == grid)) {
            throw Error("The rasters " + file.string() + " and " + rasters.confidence +
                        " have different grids; they must belong to the same prediction.");
        }
    }
    ScenePrediction prediction;
    prediction.modelName = file.filename().string();
    prediction.modelFingerprint = models::fileSha256(file);
    prediction.threshold = options.threshold;
    prediction.settings = nlohmann::json{
        {"imported", file.filename().string()},
        {"threshold", options.threshold},
        {"smoothing", options.smoothing},
        {"minimum_area",
         options.minimumArea}}.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
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
    Image<std::uint8_t> classes(1, grid.rows, grid.columns, NotPredicted);
    for (int row = 0; row < grid.rows; row += stripRows) {
        progress.report(0.7 * row / grid.rows, "Reading rasters");
        const int rows = std::min(stripRows, grid.rows - row);
        const auto values = source.rows(row, rows);
        const auto part = classify(values, isProbability ? options.threshold : 0.5);
        std::copy(part.values().begin(), part.values().end(), classes.row(0, row));
        if (probabilityCopy) {
            probabilityCopy->write(values, 0, row);
        }
        if (confidenceCopy) {
            confidenceCopy->write(confidence ? confidence->rows(row, rows) : shannonConfidence(values), 0,
                                  row);
        }
    }
    medianFilterInPlace(classes, options.smoothing);
    fillInOutlines(prediction, std::move(classes), grid, options.minimumArea, scene, projectCrs,
                   progress.part(0.75, 0.95));
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
