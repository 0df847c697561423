// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/error.h"
#include "outlines/band_ratio_origin.h"
#include "prediction/band_ratio_map.h"
#include "prediction/class_map.h"
#include "prediction/confidence.h"
#include "prediction/predicted_outlines.h"
#include "prediction/prediction_settings.h"
#include "prediction/quality.h"
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

/// Everything that shapes the pixels of the rasters; Otsu's threshold is known only after they are begun.
std::string makingOf(const BandRatioOptions& options) {
    nlohmann::json making{{"fingerprint", bandRatioFingerprint(options.numerator)},
                          {"otsu", !options.threshold.has_value()},
                          {"minimum_blue", options.minimumBlue},
                          {"smoothing", options.medianSize}};
    if (options.threshold) {
        making["threshold"] = *options.threshold;
    }
    return making.dump();
}

raster::RasterLayout layoutOf(const geo::Grid& grid, std::vector<std::string> bands,
                              std::optional<double> noData, bool isClasses, const std::string& making) {
    raster::RasterLayout layout;
    layout.grid = grid;
    layout.bandNames = std::move(bands);
    layout.type = isClasses ? raster::PixelType::UInt8 : raster::PixelType::Float32;
    layout.noData = noData;
    layout.isClasses = isClasses;
    layout.metadata = {{"NUNATAK_MODEL", "band ratio"}, {makingKey, making}};
    return layout;
}

/// The bands of quality.tif; of other features than the optical one a band ratio knows nothing.
Image<float> qualityOf(const Image<float>& bands, const std::vector<float>& ratios, double minimumBlue) {
    Image<float> flags(2, bands.rows(), bands.columns());
    for (std::size_t i = 0; i < ratios.size(); ++i) {
        if (std::isnan(ratios[i])) {
            flags.band(0)[i] = quality::noData;
        } else if (static_cast<double>(bands.band(0)[i]) < minimumBlue) {
            flags.band(0)[i] = quality::shadow;
        }
    }
    return flags;
}

void writeClasses(const Image<std::uint8_t>& classes, raster::RasterWriter& writer) {
    for (int row = 0; row < classes.rows(); row += stripRows) {
        Image<float> strip(1, std::min(stripRows, classes.rows() - row), classes.columns());
        std::copy_n(classes.row(0, row), strip.values().size(), strip.values().begin());
        writer.write(strip, 0, row);
    }
}

} // namespace

std::string bandRatioFingerprint(RatioBand numerator) {
    return std::string(outlines::bandRatioPrefix) + (numerator == RatioBand::Red ? "red" : "nir");
}

BandRatioFiles bandRatioFiles(const std::filesystem::path& folder, const std::string& sceneId,
                              const BandRatioOptions& options) {
    const auto name = fileNamePart(sceneId).substr(0, 8) + "_" + bandRatioFingerprint(options.numerator);
    const auto files = [&](const std::string& end) {
        return BandRatioFiles{folder / ("ratio_" + name + end), folder / ("quality_" + name + end),
                              folder / ("outlines_" + name + end)};
    };
    const auto making = makingOf(options);
    const auto plain = files(".tif");
    std::error_code ignored;
    if (!std::filesystem::exists(plain.outlines, ignored)) {
        return plain;
    }
    try {
        const auto metadata = raster::RasterReader(plain.outlines.string()).info().metadata;
        const auto found = metadata.find(makingKey);
        return found != metadata.end() && found->second == making ? plain
                                                                  : files("-" + markOf(making) + ".tif");
    } catch (const Error&) { // a damaged one is no loss
        return plain;
    }
}

BandRatioFiles standaloneBandRatioFiles(const std::filesystem::path& folder) {
    return {folder / "ratio.tif", folder / "quality.tif", folder / "outlines.tif"};
}

ScenePrediction predictByBandRatio(const scene::SceneReader& scene, const BandRatioOptions& ratio,
                                   double minimumArea, OutlineForm form, const geo::Crs& projectCrs,
                                   const BandRatioFiles& files, const Progress& progress,
                                   const Claim& claim) {
    const auto started = std::chrono::steady_clock::now();
    const auto& grid = scene.scene().grid;
    const auto making = makingOf(ratio);
    raster::RasterWriter ratios(
        files.ratio, layoutOf(grid, {"ratio"}, std::numeric_limits<double>::quiet_NaN(), false, making),
        claim);
    raster::RasterWriter quality(files.quality,
                                 layoutOf(grid, {"state", "missing features"}, {}, true, making), claim);
    raster::RasterWriter outlines(files.outlines, layoutOf(grid, {"glacier"}, NotPredicted, true, making),
                                  claim);
    auto map =
        mapBandRatio(scene, grid, ratio, progress.part(0, 0.7), [&](int row, const Image<float>& bands) {
            Image<float> strip(1, bands.rows(), bands.columns());
            const auto values = bandRatios(bands);
            std::copy(values.begin(), values.end(), strip.values().begin());
            ratios.write(strip, 0, row);
            quality.write(qualityOf(bands, values, ratio.minimumBlue), 0, row);
        });
    writeClasses(map.classes, outlines);

    ScenePrediction prediction;
    prediction.modelName = "band ratio";
    prediction.modelFingerprint = bandRatioFingerprint(ratio.numerator);
    prediction.threshold = map.threshold;
    const nlohmann::json settings{
        {"model", prediction.modelName},     {"numerator", ratio.numerator == RatioBand::Red ? "red" : "nir"},
        {"threshold", map.threshold},        {"otsu", !ratio.threshold.has_value()},
        {"minimum_blue", ratio.minimumBlue}, {"smoothing", ratio.medianSize},
        {"minimum_area", minimumArea},       {"outline_form", toString(form)}};
    prediction.settings = settings.dump();
    prediction.quality = files.quality;
    prediction.outlines = files.outlines;
    fillInOutlines(prediction, std::move(map.classes), grid, minimumArea, form, scene.scene(), projectCrs,
                   progress.part(0.75, 0.9));
    for (auto* writer : {&ratios, &quality, &outlines}) {
        writer->complete();
    }
    progress.throwIfStopped();
    for (auto* writer : {&ratios, &quality, &outlines}) { // from here on there is no way back
        writer->finish();
    }
    progress.report(1, "Done");
    prediction.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - started).count();
    return prediction;
}

} // namespace nunatak::prediction
