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

std::optional<std::filesystem::path> confidenceFileOf(const std::filesystem::path& folder,
                                                      const outlines::Outline& outline) {
    if (folder.empty() || outline.sceneId.empty() || outline.modelFingerprint.empty()) {
        return {};
    }
    // confidence_<scene>_<model and version, or imported>-<fingerprint>.tif; a newer version of a model may
    // have the same weights, so the model's own comes first.
    const auto begin = "confidence_" + fileNamePart(outline.sceneId).substr(0, 8) + "_";
    const auto end = "-" + outline.modelFingerprint.substr(0, 8) + ".tif";
    const auto own = folder / (begin + fileNamePart(outline.model) + end);
    std::error_code ignored;
    if (std::filesystem::exists(own, ignored)) {
        return own;
    }
    std::vector<std::filesystem::path> found;
    for (const auto& entry : std::filesystem::directory_iterator(folder, ignored)) {
        const auto name = entry.path().filename().string();
        if (name.starts_with(begin) && name.ends_with(end)) {
            found.push_back(entry.path());
        }
    }
    return found.empty() ? std::nullopt : std::optional(*std::min_element(found.begin(), found.end()));
}

std::filesystem::path confidenceBandsFile(const std::filesystem::path& confidence) {
    const auto rest = confidence.stem().string().substr(std::string("confidence").size());
    return confidence.parent_path() / ("confidence_bands" + rest + ".gpkg");
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
