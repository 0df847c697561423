// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/error.h"
#include "base/json_trouble.h"
#include "manifest_fields.h"
#include "models/manifest.h"

#include <algorithm>
#include <cmath>
#include <fstream>
#include <iterator>
#include <limits>

namespace nunatak::models {

namespace {

constexpr std::uintmax_t maxManifest = 4 << 20;
constexpr int knownFormat = 1;

NetworkSpec readNetwork(const Fields& fields) {
    NetworkSpec spec;
    spec.architecture = fields.text("architecture");
    spec.tile = fields.integer("tile");
    spec.filters = fields.integer("filters");
    spec.embedding = fields.integer("embedding");
    spec.blocks = fields.integer("blocks");
    spec.heads = fields.integer("heads");
    spec.mlp = fields.integer("mlp");
    spec.deepSupervision = fields.truth("deep_supervision", spec.architecture == "glavitu");
    spec.location = fields.integer("location");
    std::size_t index = 0;
    for (const auto& value : fields.list("features")) {
        const auto feature = fields.item(value, "features", index++);
        spec.features.push_back({feature.text("name"), feature.texts("bands")});
    }
    return spec;
}

std::vector<double> readNumbers(const Fields& fields, const std::string& field) {
    std::vector<double> numbers;
    for (const auto& value : fields.list(field)) {
        if (!value.is_number() || !std::isfinite(value.get<double>())) {
            fields.fail(fields.path(field), "holds what is not a number");
        }
        numbers.push_back(value.get<double>());
    }
    return numbers;
}

/// `modelPixelSize` is what calibrations of before they said it were fitted at.
Calibration readCalibration(const Fields& fields, double modelPixelSize) {
    Calibration calibration;
    const auto method = fields.text("method");
    if (method != "kernel_ridge" && method != "isotonic") {
        fields.fail(fields.path("method"), "is neither kernel_ridge nor isotonic");
    }
    calibration.method =
        method == "isotonic" ? Calibration::Method::Isotonic : Calibration::Method::KernelRidge;
    calibration.points = readNumbers(fields, "points");
    calibration.coefficients = readNumbers(fields, "coefficients");
    if (calibration.points.empty() || calibration.points.size() != calibration.coefficients.size()) {
        fields.fail(fields.path("coefficients"), "has not as many numbers as points");
    }
    if (calibration.method == Calibration::Method::Isotonic &&
        !std::is_sorted(calibration.points.begin(), calibration.points.end())) {
        fields.fail(fields.path("points"), "is not in rising order");
    }
    calibration.gamma = fields.number("gamma");
    if (!(calibration.gamma > 0)) {
        fields.fail(fields.path("gamma"), "is not above 0");
    }
    calibration.inference = fields.text("inference");
    calibration.threshold = fields.has("threshold") ? fields.number("threshold") : 0.5;
    if (!(calibration.threshold >= 0 && calibration.threshold < 1)) {
        fields.fail(fields.path("threshold"), "is not a probability from 0 to less than 1");
    }
    calibration.pixelSize = fields.has("pixel_size") ? fields.number("pixel_size") : modelPixelSize;
    if (!(calibration.pixelSize > 0 && calibration.pixelSize <= 10'000)) {
        fields.fail(fields.path("pixel_size"), "is not a size between 0 and 10000 metres");
    }
    calibration.eceBefore = fields.number("ece_before");
    calibration.eceAfter = fields.number("ece_after");
    calibration.source = fields.text("source", "");
    return calibration;
}

ReducedPrecisionCheck readCheck(const Fields& fields) {
    return {fields.number("outlines_iou"), fields.number("calibration_shift"), fields.integer("tiles"),
            fields.text("source", ""), fields.truth("allowed", false)};
}

std::vector<BandScaling> readScaling(const Fields& scalings, const FeatureSpec& feature) {
    std::vector<BandScaling> bands;
    for (const auto& value : scalings.list(feature.name)) {
        const auto band = scalings.item(value, feature.name, bands.size());
        BandScaling scaling{band.number("minimum"), band.number("maximum"), band.truth("logarithmic", false)};
        if (!(scaling.minimum < scaling.maximum)) {
            band.fail(band.path("maximum"), "is not above the minimum");
        }
        bands.push_back(scaling);
    }
    if (bands.size() != feature.bands.size()) {
        scalings.fail(scalings.path(feature.name),
                      "has " + std::to_string(bands.size()) + " bands, not the " +
                          std::to_string(feature.bands.size()) + " of the network");
    }
    return bands;
}

Manifest parseManifest(const Json& json, const std::filesystem::path& file) {
    const Fields fields(json, "", file);
    if (fields.text("format") != "nunatak-model") {
        fields.fail("format", "is not \"nunatak-model\", so this is another kind of file");
    }
    if (fields.integer("format_version") != knownFormat) {
        fields.fail("format_version", "is not " + std::to_string(knownFormat) +
                                          "; the model was made by another version of the program");
    }
    Manifest manifest;
    manifest.name = fields.text("name");
    manifest.version = fields.integer("version");
    if (manifest.version < 1) {
        fields.fail("version", "is not 1 or more");
    }
    manifest.parent = fields.text("parent", "");
    manifest.network = readNetwork(fields.object("network"));
    try {
        manifest.network.validate();
    } catch (const Error& error) {
        throw Error("The model's manifest " + file.string() + " cannot be used: " + error.what());
    }
    manifest.pixelSize = fields.number("pixel_size");
    if (!(manifest.pixelSize > 0 && manifest.pixelSize <= 10'000)) {
        fields.fail("pixel_size", "is not a size between 0 and 10000 metres");
    }
    const auto scalings = fields.object("scaling");
    for (const auto& feature : manifest.network.features) {
        manifest.scaling[feature.name] = readScaling(scalings, feature);
    }
    manifest.requiredFeatures = fields.texts("required_features");
    for (const auto& name : manifest.requiredFeatures) {
        if (!manifest.scaling.contains(name)) {
            fields.fail("required_features",
                        "names " + name.substr(0, 64) + ", which the network does not have");
        }
    }
    try {
        manifest.strategy = strategyFromString(fields.text("strategy", "global"));
    } catch (const Error&) {
        fields.fail("strategy", "is none that this version knows");
    }
    if (json.contains("regions")) {
        manifest.regions = fields.texts("regions");
    }
    if (manifest.network.location == 12 && !manifest.regions.empty() && manifest.regions.size() != 12) {
        fields.fail("regions", "does not name the 12 entries of the location vector");
    }
    manifest.trainedWithDropout = fields.truth("trained_with_dropout", false);
    if (json.contains("calibrations")) {
        for (const auto& value : fields.list("calibrations")) {
            const auto added = readCalibration(
                fields.item(value, "calibrations", manifest.calibrations.size()), manifest.pixelSize);
            if (std::any_of(manifest.calibrations.begin(), manifest.calibrations.end(),
                            [&](const auto& one) { return one.isForSameAs(added); })) {
                fields.fail("calibrations",
                            "has more than one for the same inference, threshold and pixel size");
            }
            manifest.calibrations.push_back(added);
        }
    }
    if (json.contains("bfloat16")) {
        manifest.bfloat16 = readCheck(fields.object("bfloat16"));
    }
    manifest.provenance = fields.text("provenance", "");
    if (json.contains("metrics")) {
        const auto metrics = fields.object("metrics");
        for (const auto& [name, value] : metrics.json().items()) {
            if (std::any_of(name.begin(), name.end(), isControl)) {
                metrics.fail(metrics.path(name), "has control characters in its name");
            }
            manifest.metrics[name] = metrics.number(name);
        }
    }
    manifest.created = fields.text("created", "");
    manifest.fingerprint = fields.text("fingerprint", "");
    return manifest;
}

} // namespace

Manifest readManifest(const std::filesystem::path& modelJson) {
    auto refuse = [&](const std::string& why) {
        throw Error("The model's manifest " + modelJson.string() + " cannot be used: " + why + ".");
    };
    std::error_code problem;
    if (!std::filesystem::is_regular_file(modelJson, problem)) {
        refuse("there is no such file");
    }
    if (std::filesystem::file_size(modelJson, problem) > maxManifest || problem) {
        refuse("it is far larger than a manifest");
    }
    std::ifstream stream(modelJson);
    if (!stream) {
        refuse("it cannot be opened");
    }
    const std::string text(std::istreambuf_iterator<char>(stream), {});
    Json json;
    try {
        json = Json::parse(text, [](int depth, Json::parse_event_t, Json&) {
            if (depth > 16) {
                throw Error("too deep");
            }
            return true;
        });
    } catch (const Json::parse_error& error) {
        refuse("it is not valid JSON: it " + jsonTrouble(text, error.byte));
    } catch (const std::exception&) {
        refuse("it is not valid JSON of a manifest: it is nested too deeply");
    }
    return parseManifest(json, modelJson);
}

} // namespace nunatak::models
