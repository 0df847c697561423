// SPDX-License-Identifier: GPL-3.0-or-later
#include "prediction/prediction_settings.h"

#include "base/error.h"
#include "raster/raster_reader.h"

#include <cmath>

#include <nlohmann/json.hpp>

namespace nunatak::prediction {

namespace {

using Json = nlohmann::json;

/// What a user calls each of the settings that shape a result.
constexpr std::pair<const char*, const char*> shaping[] = {{"scene", "scene"},
                                                           {"fingerprint", "model"},
                                                           {"pixel_size", "pixel size"},
                                                           {"overlap", "overlap"},
                                                           {"threshold", "threshold"},
                                                           {"confidence_threshold", "confidence threshold"},
                                                           {"smoothing", "smoothing"},
                                                           {"minimum_area", "smallest area"},
                                                           {"inference", "inference"},
                                                           {"passes", "passes"},
                                                           {"seed", "seed"},
                                                           {"located", "region"},
                                                           {"precision", "precision"},
                                                           {"calibration", "calibration"}};

} // namespace

std::string settingsDifference(const std::string& theirs, const std::string& ours) {
    const auto then = Json::parse(theirs, nullptr, false);
    const auto now = Json::parse(ours, nullptr, false);
    std::string text;
    if (!then.is_object() || !now.is_object()) {
        return text;
    }
    for (const auto& [key, name] : shaping) {
        const auto before = then.find(key);
        const auto after = now.find(key);
        if (before == then.end() || after == now.end() || *before == *after) {
            continue;
        }
        text += text.empty() ? "" : "; ";
        const bool isNumberOfOurs = std::string_view(key) == "fingerprint" ||
                                    std::string_view(key) == "scene" ||
                                    std::string_view(key) == "calibration";
        text += isNumberOfOurs ? std::string("another ") + name
                               : std::string(name) + " " + before->dump() + ", not " + after->dump();
    }
    return text;
}

OlderRasters olderRasters(const PredictionFiles& files, const std::string& making, const geo::Grid& grid,
                          bool hasSpread) {
    std::error_code ignored;
    OlderRasters older;
    older.exist = std::filesystem::exists(files.probability, ignored);
    if (!older.exist) {
        return older;
    }
    auto all = {files.probability, files.confidence, files.quality, files.outlines};
    try {
        const auto look = [&](const std::filesystem::path& file) {
            const raster::RasterReader reader(file.string());
            const auto& metadata = reader.info().metadata;
            const auto found = metadata.find(makingKey);
            const auto there = reader.info().northUpGrid();
            if (found == metadata.end()) {
                older.difference = "they do not say with which settings they were made";
            } else if (found->second != making) {
                older.difference = settingsDifference(found->second, making);
                older.difference = older.difference.empty() ? "other settings" : older.difference;
            } else if (!there || there->columns != grid.columns || there->rows != grid.rows ||
                       std::abs(there->left - grid.left) > 1e-3 * grid.pixelSize ||
                       std::abs(there->top - grid.top) > 1e-3 * grid.pixelSize) {
                older.difference = "they lie on other pixels";
            }
        };
        for (const auto& file : all) {
            if (older.difference.empty()) {
                look(file);
            }
        }
        if (hasSpread && older.difference.empty()) {
            look(files.uncertainty);
        }
    } catch (const Error&) {
        older.difference = "one of the files is missing or damaged";
    }
    return older;
}

} // namespace nunatak::prediction
