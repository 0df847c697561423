// SPDX-License-Identifier: GPL-3.0-or-later
// What a prediction needs of a scene, and what its results are called.
#include "prediction/predict_scene.h"
#include "scene_tile_source.h"

#include <algorithm>
#include <cctype>

namespace nunatak::prediction {

namespace {

/// Letters, digits and dashes of a name, for a file's name.
std::string fileNamePart(const std::string& text) {
    std::string part;
    for (const char letter : text) {
        const bool plain = std::isalnum(static_cast<unsigned char>(letter)) != 0;
        part += plain ? letter : '-';
    }
    return part;
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
                             std::to_string(model.version) + "-" + model.fingerprint.substr(0, 8);
    return {folder / ("probability_" + name + ".tif"), folder / ("confidence_" + name + ".tif"),
            folder / ("quality_" + name + ".tif"),     folder / ("outlines_" + name + ".tif"),
            folder / ("uncertainty_" + name + ".tif"), folder / ("run_" + name)};
}

PredictionFiles standaloneFiles(const std::filesystem::path& folder) {
    return {folder / "probability.tif", folder / "confidence.tif",  folder / "quality.tif",
            folder / "outlines.tif",    folder / "uncertainty.tif", folder / "run"};
}

geo::Grid predictionGrid(const scene::Scene& scene, const models::Manifest& model,
                         std::optional<double> resolution) {
    return scene.grid.atPixelSize(resolution.value_or(model.pixelSize) / scene.grid.crs.metresPerUnit());
}

} // namespace nunatak::prediction
