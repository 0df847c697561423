// SPDX-License-Identifier: GPL-3.0-or-later
// What a prediction needs of a scene, and what its results are called.
#include "prediction/predict_scene.h"

#include "base/error.h"
#include "prediction/prediction_settings.h"
#include "raster/raster_reader.h"
#include "scene_tile_source.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <compare>
#include <cstdio>

#include <nlohmann/json.hpp>

namespace nunatak::prediction {

std::string fileNamePart(const std::string& text) {
    std::string part;
    for (const char letter : text) {
        const bool plain = std::isalnum(static_cast<unsigned char>(letter)) != 0;
        part += plain ? letter : '-';
    }
    return part;
}

namespace {} // namespace

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

namespace {

/// KIND_<scene>_<model and version, or imported>-<fingerprint>[-<mark>].tif; a newer version of a model may
/// have the same weights, so the model's own come first, and the unmarked before the others.
struct FileOfRun {
    bool isOther = false;
    std::size_t length = 0;
    std::filesystem::path file;
    auto operator<=>(const FileOfRun&) const = default;
};

std::vector<FileOfRun> filesOfRun(const std::string& kind, const std::filesystem::path& folder,
                                  const std::string& sceneId, const std::string& model,
                                  const std::string& fingerprint) {
    if (folder.empty() || sceneId.empty() || fingerprint.empty()) {
        return {};
    }
    const auto begin = kind + "_" + fileNamePart(sceneId).substr(0, 8) + "_";
    const auto own = begin + fileNamePart(model) + "-";
    const auto end = "-" + fingerprint.substr(0, 8);
    const auto ofRatio = begin + fingerprint; // those of a band ratio are called after what it divides
    const auto isEnding = [](const std::string& rest) {
        return rest == ".tif" || (rest.starts_with("-") && rest.size() == 13);
    };
    std::error_code ignored;
    std::vector<FileOfRun> found;
    for (const auto& entry : std::filesystem::directory_iterator(folder, ignored)) {
        const auto name = entry.path().filename().string();
        const auto place = name.find(end);
        const auto rest = place == std::string::npos ? "" : name.substr(place + end.size());
        const bool isOfRatio = name.starts_with(ofRatio) && isEnding(name.substr(ofRatio.size()));
        if (isOfRatio || (name.starts_with(begin) && isEnding(rest))) {
            found.push_back({!name.starts_with(own), name.size(), entry.path()});
        }
    }
    std::sort(found.begin(), found.end());
    return found;
}

} // namespace

std::optional<std::filesystem::path> confidenceFileOf(const std::filesystem::path& folder,
                                                      const outlines::Outline& outline,
                                                      const std::string& settings) {
    const auto found =
        filesOfRun("confidence", folder, outline.sceneId, outline.model, outline.modelFingerprint);
    // Of an outline of which no more is known, at least the threshold.
    const auto known = settings.empty() ? nlohmann::json{{"threshold", outline.threshold}}.dump() : settings;
    for (const auto& one : found) {
        if (found.size() == 1 || isMadeAs(one.file, known)) {
            return one.file;
        }
    }
    return std::nullopt;
}

std::vector<std::filesystem::path> qualityFilesOf(const std::filesystem::path& folder,
                                                  const std::string& sceneId, const std::string& model,
                                                  const std::string& fingerprint,
                                                  const std::string& settings) {
    const auto found = filesOfRun("quality", folder, sceneId, model, fingerprint);
    std::vector<std::filesystem::path> files;
    for (const auto& one : found) {
        if (one.isOther == found.front().isOther && (found.size() == 1 || isMadeAs(one.file, settings))) {
            files.push_back(one.file);
        }
    }
    return files;
}

std::filesystem::path confidenceBandsFile(const std::filesystem::path& confidence) {
    const auto rest = confidence.stem().string().substr(std::string("confidence").size());
    return confidence.parent_path() / ("confidence_bands" + rest + ".gpkg");
}

PredictionFiles markedFiles(const PredictionFiles& files, const std::string& mark) {
    const auto marked = [&](const std::filesystem::path& file) {
        return file.parent_path() / (file.stem().string() + "-" + mark + file.extension().string());
    };
    return {marked(files.probability), marked(files.confidence),  marked(files.quality),
            marked(files.outlines),    marked(files.uncertainty), files.run};
}

PredictionFiles standaloneFiles(const std::filesystem::path& folder) {
    return {folder / "probability.tif", folder / "confidence.tif",  folder / "quality.tif",
            folder / "outlines.tif",    folder / "uncertainty.tif", folder / "run"};
}

geo::Grid predictionGrid(const scene::Scene& scene, const models::Manifest& model,
                         std::optional<double> resolution) {
    constexpr double longestSide = 1e6; // pixels; at 10 m that is a quarter of the way around the Earth
    const double metres = resolution.value_or(model.pixelSize);
    const double size = metres / scene.grid.crs.metresPerUnit();
    const double side = std::max(scene.grid.extent().width(), scene.grid.extent().height()) / size;
    if (!(side <= longestSide)) {
        std::array<char, 96> text{};
        std::snprintf(text.data(), text.size(), "%.3g pixels of %g m long, and at most %g are predicted",
                      side, metres, longestSide);
        throw Error("The scene " + scene.name + " would be " + text.data() +
                    ". Take larger pixels (--resolution; without it, those of the model " + model.name +
                    ").");
    }
    return scene.grid.atPixelSize(size);
}

} // namespace nunatak::prediction
