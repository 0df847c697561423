// SPDX-License-Identifier: GPL-3.0-or-later
#include "prediction/band_ratio_map.h"

#include "base/error.h"
#include "prediction/confidence.h"

#include <algorithm>
#include <cmath>

namespace nunatak::prediction {

namespace {

constexpr std::size_t mostSamples = 4'000'000;
/// Pixels of a strip: three float bands of it are read at once.
constexpr int stripPixels = 4'000'000;

const char* nameOf(RatioBand band) {
    return band == RatioBand::Red ? "red" : "nir";
}

std::vector<std::string> bandsFor(const BandRatioOptions& options) {
    return {"blue", nameOf(options.numerator), "swir1"};
}

template <typename Visit>
void forEachStrip(const scene::SceneReader& scene, const geo::Grid& grid, const BandRatioOptions& options,
                  const Progress& progress, const char* stage, Visit visit) {
    const int rows = std::clamp(stripPixels / std::max(1, grid.columns), 1, std::max(1, grid.rows));
    for (int row = 0; row < grid.rows; row += rows) {
        progress.report(static_cast<double>(row) / grid.rows, stage);
        progress.throwIfStopped();
        const int count = std::min(rows, grid.rows - row);
        visit(row, scene.read("optical", bandsFor(options), grid.window(0, row, grid.columns, count)));
    }
}

double thresholdOf(const scene::SceneReader& scene, const geo::Grid& grid, const BandRatioOptions& options,
                   const Progress& progress) {
    const auto pixels = static_cast<std::size_t>(grid.columns) * static_cast<std::size_t>(grid.rows);
    const std::size_t step = pixels / mostSamples + 1;
    std::vector<float> sample;
    sample.reserve(std::min(pixels, mostSamples) + 1);
    forEachStrip(
        scene, grid, options, progress, "Looking for the threshold", [&](int row, const Image<float>& bands) {
            const auto ratios = bandRatios(bands);
            const auto first = static_cast<std::size_t>(row) * static_cast<std::size_t>(grid.columns);
            for (std::size_t i = (step - first % step) % step; i < ratios.size(); i += step) {
                if (std::isfinite(ratios[i])) {
                    sample.push_back(ratios[i]);
                }
            }
        });
    if (sample.empty()) {
        throw Error("The scene " + scene.scene().name + " has no pixel with blue, " +
                    nameOf(options.numerator) +
                    " and swir1 data, so no band ratio can be taken. Check its rasters.");
    }
    return otsuThreshold(std::move(sample));
}

} // namespace

std::vector<std::string> missingForBandRatio(const scene::SceneReader& scene,
                                             const BandRatioOptions& options) {
    std::vector<std::string> missing;
    for (const auto& band : bandsFor(options)) {
        if (!scene.has("optical", {band})) {
            missing.push_back("optical " + band);
        }
    }
    return missing;
}

BandRatioMap mapBandRatio(const scene::SceneReader& scene, const geo::Grid& grid,
                          const BandRatioOptions& options, const Progress& progress,
                          const std::function<void(int row, const Image<float>& bands)>& onStrip) {
    std::string list;
    for (const auto& band : missingForBandRatio(scene, options)) {
        list += (list.empty() ? "" : ", ") + band;
    }
    if (!list.empty()) {
        throw Error("The scene " + scene.scene().name + " lacks bands that the band ratio needs: " + list +
                    ". Add rasters with these bands to the scene.");
    }
    BandRatioMap map;
    map.threshold =
        options.threshold ? *options.threshold : thresholdOf(scene, grid, options, progress.part(0, 0.5));
    map.classes = Image<std::uint8_t>(1, grid.rows, grid.columns);
    forEachStrip(scene, grid, options, progress.part(options.threshold ? 0 : 0.5, 0.95),
                 "Taking the band ratio", [&](int row, const Image<float>& bands) {
                     const auto part = classifyByRatio(bands, map.threshold, options.minimumBlue);
                     std::copy(part.values().begin(), part.values().end(), map.classes.row(0, row));
                     if (onStrip) {
                         onStrip(row, bands);
                     }
                 });
    progress.report(0.95, "Smoothing");
    map.classes = medianFilter(map.classes, options.medianSize);
    return map;
}

} // namespace nunatak::prediction
