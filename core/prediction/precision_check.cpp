// SPDX-License-Identifier: GPL-3.0-or-later
#include "precision_check.h"

#include "base/error.h"
#include "confidence.h"
#include "location.h"
#include "network_predictor.h"
#include "precision_memory.h"
#include "scene_tile_source.h"
#include "tile_sample.h"

#include <algorithm>
#include <cmath>

namespace nunatak::prediction {

namespace {

constexpr int mostTiles = 32;
constexpr int tilesAtOnce = 4;
constexpr std::uint64_t seed = 1;
constexpr double threshold = 0.5;
constexpr int smoothing = 3;
constexpr double leastIou = 0.999;
constexpr double largestShift = 0.002;
/// Below that a single pixel of difference is more than a thousandth.
constexpr std::size_t leastPixels = 1000;

Image<float> firstBand(const Image<float>& image) {
    Image<float> band(1, image.rows(), image.columns());
    std::copy_n(image.band(0), image.bandSize(), band.band(0));
    return band;
}

void count(ReliabilityCounter& counter, const Image<float>& probability, const Image<std::uint8_t>& truth) {
    const auto confidence = shannonConfidence(probability);
    const auto classes = classify(probability, threshold);
    for (std::size_t i = 0; i < truth.bandSize(); ++i) {
        if (truth.values()[i] <= Glacier && classes.values()[i] <= Glacier) {
            counter.add(static_cast<double>(confidence.values()[i]),
                        classes.values()[i] == truth.values()[i]);
        }
    }
}

/// The largest distance between the calibration curves of two reliability tables, where enough pixels lie.
double shiftBetween(const std::vector<ReliabilityBin>& first, const std::vector<ReliabilityBin>& second) {
    const auto a = fitIsotonic(first);
    const auto b = fitIsotonic(second);
    double largest = 0;
    for (const auto* table : {&first, &second}) {
        for (const auto& bin : *table) {
            if (bin.count >= static_cast<double>(leastPixels)) {
                largest = std::max(largest,
                                   std::abs(calibrated(bin.confidence, a) - calibrated(bin.confidence, b)));
            }
        }
    }
    return largest;
}

std::vector<Image<float>> answers(models::Network& network, const models::Manifest& model,
                                  const std::vector<SampleTile>& tiles, const std::vector<float>& location,
                                  const Progress& progress) {
    const auto predictor =
        networkPredictor(network, model.name, {}, location.empty() ? std::nullopt : std::optional(location));
    std::vector<Image<float>> all;
    for (std::size_t first = 0; first < tiles.size(); first += tilesAtOnce) {
        progress.report(static_cast<double>(first) / static_cast<double>(tiles.size()));
        const auto end = std::min(tiles.size(), first + tilesAtOnce);
        auto images = predictor({tiles.begin() + static_cast<std::ptrdiff_t>(first),
                                 tiles.begin() + static_cast<std::ptrdiff_t>(end)},
                                progress.stopToken())
                          .get();
        std::move(images.begin(), images.end(), std::back_inserter(all));
    }
    return all;
}

} // namespace

void PrecisionComparison::add(const Image<float>& float32, const Image<float>& bfloat16) {
    if (float32.bandSize() != bfloat16.bandSize()) {
        throw Error("Two precisions can be compared only on the same tiles.");
    }
    const auto a = medianFilter(classify(firstBand(float32), threshold), smoothing);
    const auto b = medianFilter(classify(firstBand(bfloat16), threshold), smoothing);
    for (std::size_t i = 0; i < a.bandSize(); ++i) {
        m_both += a.values()[i] == Glacier && b.values()[i] == Glacier ? 1 : 0;
        m_either += a.values()[i] == Glacier || b.values()[i] == Glacier ? 1 : 0;
    }
    ++m_tiles;
}

void PrecisionComparison::add(const Image<float>& float32, const Image<float>& bfloat16,
                              const Image<std::uint8_t>& truth) {
    if (float32.bandSize() != truth.bandSize()) {
        throw Error("Two precisions can be compared only on the same tiles.");
    }
    add(float32, bfloat16);
    count(m_float32, firstBand(float32), truth);
    count(m_bfloat16, firstBand(bfloat16), truth);
    m_hasTruth = true;
}

std::optional<models::ReducedPrecisionCheck> PrecisionComparison::check(const std::string& source) const {
    if (m_either < leastPixels) {
        return std::nullopt;
    }
    models::ReducedPrecisionCheck check;
    check.outlinesIou = static_cast<double>(m_both) / static_cast<double>(m_either);
    const auto first = m_float32.table();
    const auto second = m_bfloat16.table();
    if (m_hasTruth && !first.empty() && !second.empty()) {
        check.calibrationShift = shiftBetween(first, second);
    }
    check.tiles = m_tiles;
    check.source = source;
    check.allowed = check.outlinesIou >= leastIou && check.calibrationShift <= largestShift;
    return check;
}

std::optional<models::ReducedPrecisionCheck>
checkPrecision(models::ModelsModule& module, const models::StoredModel& model,
               const scene::SceneReader& scene, const models::DeviceOptions& device,
               const std::vector<float>& location, const Progress& progress) {
    progress.report(0, "Checking whether bf16 draws the same outlines");
    const auto tiles = TileSample(scene, model.manifest, seed).withData(mostTiles, progress.part(0, 0.1));
    const auto weights = models::loadWeights(model);
    std::vector<std::vector<Image<float>>> both;
    for (const auto precision : {models::Precision::Float32, models::Precision::BFloat16}) {
        auto options = device;
        options.precision = precision;
        const auto network = module.open(model.manifest.network, weights, options);
        const double begin = precision == models::Precision::Float32 ? 0.1 : 0.7;
        both.push_back(answers(*network, model.manifest, tiles, location,
                               progress.part(begin, precision == models::Precision::Float32 ? 0.7 : 1.0)));
    }
    PrecisionComparison comparison;
    for (std::size_t i = 0; i < tiles.size(); ++i) {
        comparison.add(both[0][i], both[1][i]);
    }
    return comparison.check(scene.scene().name);
}

models::StoredModel withPrecisionCheck(models::StoredModel model, models::ModelsModule& module,
                                       const scene::SceneReader& scene, const models::DeviceOptions& device,
                                       const std::vector<float>& location,
                                       const std::filesystem::path& userModels, const Progress& progress) {
    auto& known = model.manifest.bfloat16;
    if (!known) {
        known = rememberedCheck(userModels, model.manifest.fingerprint);
    }
    if (!known && module.fastestPrecision(device.device) != models::Precision::Float32) {
        known = checkPrecision(module, model, scene, device, location, progress);
        if (known) {
            rememberCheck(userModels, model.manifest.fingerprint, *known);
        }
    }
    return model;
}

models::StoredModel checkedIfNeeded(const models::StoredModel& model, models::ModelsModule& module,
                                    const scene::SceneReader& scene, const PredictOptions& options,
                                    const std::filesystem::path& userModels, const Progress& progress) {
    // An optimised vector is not known before the prediction begins.
    if (options.precision != "auto" || options.region == "optimise" ||
        !missingBands(scene, model.manifest).empty()) {
        return model;
    }
    const auto location = locationFor(model.manifest, scene.scene(), options.region);
    return withPrecisionCheck(model, module, scene, options.device, location.vector, userModels, progress);
}

models::Precision precisionFor(const models::Manifest& model, models::ModelsModule& module,
                               const std::string& device, const std::string& precision) {
    if (precision == "float32") {
        return models::Precision::Float32;
    }
    if (precision == "bf16") {
        return models::Precision::BFloat16;
    }
    const auto fastest = module.fastestPrecision(device);
    if (precision == "fp16") {
        if (fastest != models::Precision::Float16) {
            throw Error("Only a GPU computes in fp16; choose auto, float32 or bf16.");
        }
        return models::Precision::Float16;
    }
    if (precision != "auto") {
        throw Error("The precision is auto, float32, bf16 or fp16, not \"" + precision.substr(0, 64) + "\".");
    }
    // Whatever half precision the device likes best, bf16 is the one that was checked.
    const bool isFaster = fastest != models::Precision::Float32;
    return isFaster && model.bfloat16 && model.bfloat16->allowed ? models::Precision::BFloat16
                                                                 : models::Precision::Float32;
}

} // namespace nunatak::prediction
