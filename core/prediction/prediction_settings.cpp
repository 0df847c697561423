// SPDX-License-Identifier: GPL-3.0-or-later
#include "prediction/prediction_settings.h"

#include "base/error.h"
#include "engine/run_journal.h"
#include "raster/raster_reader.h"

#include <array>
#include <cmath>
#include <cstdio>

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
                                                           {"otsu", "Otsu's threshold"},
                                                           {"minimum_blue", "least blue"},
                                                           {"minimum_area", "smallest area"},
                                                           {"outline_form", "form of outlines"},
                                                           {"inference", "inference"},
                                                           {"passes", "passes"},
                                                           {"seed", "seed"},
                                                           {"located", "region"},
                                                           {"precision", "precision"},
                                                           {"calibration", "calibration"}};

} // namespace

std::string settingsDifference(const std::string& theirs, const std::string& ours) {
    auto then = Json::parse(theirs, nullptr, false);
    const auto now = Json::parse(ours, nullptr, false);
    std::string text;
    if (!then.is_object() || !now.is_object()) {
        return text;
    }
    if (then.contains("minimum_area") && !then.contains("outline_form")) {
        then["outline_form"] = "raw"; // outlines had no other form when that was not yet said
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
        older.isDamaged = true;
        older.difference = "one of the files is missing or damaged";
    }
    return older;
}

std::string markOf(const std::string& making) {
    std::array<char, 9> mark{};
    std::snprintf(mark.data(), mark.size(), "%08x",
                  static_cast<unsigned>(engine::checksum(making) & 0xffffffffU));
    return mark.data();
}

bool isMadeAs(const std::filesystem::path& raster, const std::string& settings) {
    try {
        const auto metadata = raster::RasterReader(raster.string()).info().metadata;
        const auto making = metadata.find(makingKey);
        return making == metadata.end() || settingsDifference(making->second, settings).empty();
    } catch (const Error&) { // who wants its values is told
        return false;
    }
}

} // namespace nunatak::prediction
