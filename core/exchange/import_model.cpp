// SPDX-License-Identifier: GPL-3.0-or-later
#include "exchange/import_model.h"

#include "base/error.h"
#include "exchange/calibration_file.h"
#include "exchange/keras_weights.h"
#include "models/safetensors.h"

#include <fmt/format.h>

namespace nunatak::exchange {

namespace {

/// How the model knows where it is; what the user says has to fit the weights.
models::Strategy strategyFor(const models::NetworkSpec& spec, const ModelImport& request) {
    const std::string found = spec.location == 12 ? "region" : spec.location == 4 ? "coordinate" : "none";
    if (!request.location.empty() && request.location != found) {
        throw Error(fmt::format("{} was trained {}, which --location {} contradicts.", request.file.string(),
                                spec.location == 0
                                    ? std::string("without a location")
                                    : fmt::format("with a location of {} numbers ({})", spec.location, found),
                                request.location));
    }
    if (!request.region.empty() && spec.location > 0) {
        throw Error(fmt::format("{} knows all regions by its location vector; --region is for weights that "
                                "were trained on one.",
                                request.file.string()));
    }
    if (spec.location == 12) {
        return models::Strategy::RegionEncoding;
    }
    if (spec.location == 4) {
        return models::Strategy::CoordinateEncoding;
    }
    return request.region.empty() ? models::Strategy::Global : models::Strategy::Regional;
}

models::Manifest manifestFor(const ImportedWeights& imported, const ModelImport& request) {
    models::Manifest manifest;
    manifest.name = request.name;
    manifest.network = imported.spec;
    manifest.pixelSize = request.pixelSize;
    manifest.scaling = models::Manifest::publishedScaling(imported.spec.features);
    for (const auto& feature : imported.spec.features) {
        if (feature.name == "optical") {
            manifest.requiredFeatures = {feature.name};
        }
    }
    manifest.strategy = strategyFor(imported.spec, request);
    if (manifest.strategy == models::Strategy::RegionEncoding) {
        manifest.regions = request.regions;
    } else if (manifest.strategy == models::Strategy::Regional) {
        manifest.regions = {request.region};
    }
    if (!request.calibration.empty()) {
        manifest.calibrations.push_back(readCalibration(request.calibration, request.calibrationInference));
        manifest.calibrations.back().threshold = request.calibrationThreshold;
        manifest.calibrations.back().pixelSize = request.pixelSize;
    }
    manifest.provenance =
        fmt::format("Imported from {} (SHA-256 {}), saved by Keras {}.", request.file.filename().string(),
                    models::fileSha256(request.file),
                    imported.kerasVersion.empty() ? "of an unknown version" : imported.kerasVersion);
    return manifest;
}

} // namespace

models::StoredModel importModel(const ModelImport& request, const models::Registry& registry,
                                const std::filesystem::path& hdf5Reader, const Progress& progress) {
    if (!request.calibration.empty()) {
        // A calibration that cannot be used is better known before the work than after it.
        readCalibration(request.calibration, request.calibrationInference);
    }
    auto features = featuresFrom(request.features);
    const auto imported =
        importKeras(readKerasFile(request.file, hdf5Reader, progress.part(0, 0.9)), std::move(features));
    return registry.store(manifestFor(imported, request), imported.weights);
}

} // namespace nunatak::exchange
