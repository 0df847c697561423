// SPDX-License-Identifier: GPL-3.0-or-later
#include "precision_memory.h"

#include "base/error.h"
#include "base/whole_file.h"

#include <algorithm>
#include <cctype>
#include <cmath>
#include <fstream>

#include <nlohmann/json.hpp>

namespace nunatak::prediction {

namespace {

using Json = nlohmann::ordered_json;

/// Beside the models, hidden from the list of them; empty for weights without a fingerprint to go by.
std::filesystem::path fileOf(const std::filesystem::path& userModels, const std::string& fingerprint) {
    const bool isHash =
        fingerprint.size() == 64 && std::all_of(fingerprint.begin(), fingerprint.end(),
                                                [](unsigned char c) { return std::isxdigit(c) != 0; });
    return isHash && !userModels.empty() ? userModels / ".checks" / (fingerprint + ".json")
                                         : std::filesystem::path();
}

} // namespace

std::optional<models::ReducedPrecisionCheck> rememberedCheck(const std::filesystem::path& userModels,
                                                             const std::string& fingerprint) {
    const auto file = fileOf(userModels, fingerprint);
    std::error_code ignored;
    if (file.empty() || !std::filesystem::is_regular_file(file, ignored) ||
        std::filesystem::file_size(file, ignored) > 65'536) {
        return std::nullopt;
    }
    std::ifstream stream(file);
    try {
        const auto json = Json::parse(stream);
        models::ReducedPrecisionCheck check;
        check.outlinesIou = json.at("outlines_iou").get<double>();
        check.calibrationShift = json.at("calibration_shift").get<double>();
        check.tiles = json.at("tiles").get<int>();
        check.source = json.at("source").get<std::string>();
        check.allowed = json.at("allowed").get<bool>();
        return check;
    } catch (const Json::exception&) {
        return std::nullopt;
    }
}

void rememberCheck(const std::filesystem::path& userModels, const std::string& fingerprint,
                   const models::ReducedPrecisionCheck& check) {
    const auto file = fileOf(userModels, fingerprint);
    if (file.empty()) {
        return;
    }
    const Json json{{"outlines_iou", check.outlinesIou},
                    {"calibration_shift", check.calibrationShift},
                    {"tiles", check.tiles},
                    {"source", check.source},
                    {"allowed", check.allowed}};
    std::error_code ignored;
    std::filesystem::create_directories(file.parent_path(), ignored);
    try {
        const auto text = json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
        writeWholeFile(file, {text});
    } catch (const Error&) {
        // Said so in the header: nothing is lost but the time of another check.
    }
}

} // namespace nunatak::prediction
