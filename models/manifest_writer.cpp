// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/error.h"
#include "base/whole_file.h"
#include "models/manifest.h"

#include <nlohmann/json.hpp>

namespace nunatak::models {

namespace {

using Json = nlohmann::ordered_json;

Json networkJson(const NetworkSpec& spec) {
    Json features = Json::array();
    for (const auto& feature : spec.features) {
        features.push_back({{"name", feature.name}, {"bands", feature.bands}});
    }
    return {{"architecture", spec.architecture},
            {"tile", spec.tile},
            {"filters", spec.filters},
            {"embedding", spec.embedding},
            {"blocks", spec.blocks},
            {"heads", spec.heads},
            {"mlp", spec.mlp},
            {"deep_supervision", spec.deepSupervision},
            {"location", spec.location},
            {"features", features}};
}

Json scalingJson(const Manifest& manifest) {
    Json scalings = Json::object();
    for (const auto& feature : manifest.network.features) {
        const auto found = manifest.scaling.find(feature.name);
        if (found == manifest.scaling.end() || found->second.size() != feature.bands.size()) {
            throw Error("The manifest of the model " + manifest.name +
                        " has no scaling for every band of the feature " + feature.name + ".");
        }
        Json bands = Json::array();
        for (std::size_t band = 0; band < feature.bands.size(); ++band) {
            const auto& scaling = found->second[band];
            bands.push_back({{"band", feature.bands[band]},
                             {"minimum", scaling.minimum},
                             {"maximum", scaling.maximum},
                             {"logarithmic", scaling.logarithmic}});
        }
        scalings[feature.name] = bands;
    }
    return scalings;
}

Json calibrationsJson(const Manifest& manifest) {
    Json list = Json::array();
    for (const auto& calibration : manifest.calibrations) {
        const bool isotonic = calibration.method == Calibration::Method::Isotonic;
        list.push_back(
            {{"method", isotonic ? "isotonic" : "kernel_ridge"},
             {"points", calibration.points},
             {"coefficients", calibration.coefficients},
             {"gamma", calibration.gamma},
             {"inference", calibration.inference},
             {"threshold", calibration.threshold},
             {"pixel_size", calibration.pixelSize > 0 ? calibration.pixelSize : manifest.pixelSize},
             {"ece_before", calibration.eceBefore},
             {"ece_after", calibration.eceAfter},
             {"source", calibration.source}});
    }
    return list;
}

} // namespace

void writeManifest(const Manifest& manifest, const std::filesystem::path& modelJson) {
    manifest.network.validate();
    Json json{{"format", "nunatak-model"},
              {"format_version", 1},
              {"name", manifest.name},
              {"version", manifest.version},
              {"parent", manifest.parent},
              {"network", networkJson(manifest.network)},
              {"pixel_size", manifest.pixelSize},
              {"scaling", scalingJson(manifest)},
              {"required_features", manifest.requiredFeatures},
              {"strategy", toString(manifest.strategy)},
              {"regions", manifest.regions},
              {"trained_with_dropout", manifest.trainedWithDropout},
              {"calibrations", calibrationsJson(manifest)},
              {"provenance", manifest.provenance},
              {"metrics", manifest.metrics},
              {"created", manifest.created},
              {"fingerprint", manifest.fingerprint}};
    if (const auto& check = manifest.bfloat16) {
        json["bfloat16"] = {{"outlines_iou", check->outlinesIou},
                            {"calibration_shift", check->calibrationShift},
                            {"tiles", check->tiles},
                            {"source", check->source},
                            {"allowed", check->allowed}};
    }
    std::string text;
    try {
        text = json.dump(2) + "\n";
    } catch (const std::exception&) {
        throw Error("Cannot write " + modelJson.string() + ": a text of the manifest is not valid UTF-8.");
    }
    writeWholeFile(modelJson, {text});
}

} // namespace nunatak::models
