// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/error.h"
#include "models/manifest.h"

#include <algorithm>
#include <cmath>
#include <fstream>
#include <limits>

#include <nlohmann/json.hpp>

namespace nunatak::models {

namespace {

using Json = nlohmann::json;

constexpr std::uintmax_t maxManifest = 4 << 20;
constexpr int knownFormat = 1;

/// The fields of one JSON object; each failure names the file and the field.
class Fields {
public:
    Fields(const Json& object, std::string place, const std::filesystem::path& file)
        : m_object(object), m_place(std::move(place)), m_file(file) {
        if (!object.is_object()) {
            fail(m_place.empty() ? "the whole" : m_place, "is not a JSON object");
        }
    }

    const Json& get(const std::string& field) const {
        const auto found = m_object.find(field);
        if (found == m_object.end()) {
            fail(path(field), "is missing");
        }
        return *found;
    }

    std::string text(const std::string& field) const { return asText(get(field), path(field)); }
    std::string text(const std::string& field, const std::string& otherwise) const {
        return m_object.contains(field) ? text(field) : otherwise;
    }
    double number(const std::string& field) const {
        const auto& value = get(field);
        if (!value.is_number() || !std::isfinite(value.get<double>())) {
            fail(path(field), "is not a number");
        }
        return value.get<double>();
    }
    int integer(const std::string& field) const {
        const auto& value = get(field);
        const double number = value.is_number_integer() ? value.get<double>() : std::nan("");
        // Written so that a NaN fails.
        if (!(std::abs(number) <= std::numeric_limits<int>::max())) {
            fail(path(field), "is not a whole number that fits");
        }
        return static_cast<int>(number);
    }
    bool truth(const std::string& field, bool otherwise) const {
        if (!m_object.contains(field)) {
            return otherwise;
        }
        if (!get(field).is_boolean()) {
            fail(path(field), "is neither true nor false");
        }
        return get(field).get<bool>();
    }
    const Json& list(const std::string& field) const {
        if (!get(field).is_array()) {
            fail(path(field), "is not a list");
        }
        return get(field);
    }
    std::vector<std::string> texts(const std::string& field) const {
        std::vector<std::string> values;
        for (const auto& item : list(field)) {
            values.push_back(asText(item, path(field)));
        }
        return values;
    }
    Fields object(const std::string& field) const { return {get(field), path(field), m_file}; }
    Fields item(const Json& value, const std::string& field, std::size_t index) const {
        return {value, path(field) + "[" + std::to_string(index) + "]", m_file};
    }
    const Json& json() const { return m_object; }

    [[noreturn]] void fail(const std::string& field, const std::string& why) const {
        throw Error("The model's manifest " + m_file.string() + " cannot be used: the field " + field + " " +
                    why + ".");
    }
    std::string path(const std::string& field) const {
        return m_place.empty() ? field : m_place + "." + field;
    }

private:
    std::string asText(const Json& value, const std::string& field) const {
        if (!value.is_string()) {
            fail(field, "is not a text");
        }
        return value.get<std::string>();
    }

    const Json& m_object;
    std::string m_place;
    const std::filesystem::path& m_file;
};

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

Calibration readCalibration(const Fields& fields) {
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
            manifest.calibrations.push_back(
                readCalibration(fields.item(value, "calibrations", manifest.calibrations.size())));
        }
    }
    if (json.contains("bfloat16")) {
        manifest.bfloat16 = readCheck(fields.object("bfloat16"));
    }
    manifest.provenance = fields.text("provenance", "");
    if (json.contains("metrics")) {
        const auto metrics = fields.object("metrics");
        for (const auto& [name, value] : metrics.json().items()) {
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
    Json json;
    try {
        json = Json::parse(stream, [](int depth, Json::parse_event_t, Json&) {
            if (depth > 16) {
                throw Error("too deep");
            }
            return true;
        });
    } catch (const std::exception&) {
        refuse("it is not valid JSON");
    }
    return parseManifest(json, modelJson);
}

} // namespace nunatak::models
