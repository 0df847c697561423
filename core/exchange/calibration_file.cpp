// SPDX-License-Identifier: GPL-3.0-or-later
#include "exchange/calibration_file.h"

#include "base/error.h"
#include "base/json_trouble.h"

#include <cmath>
#include <fstream>
#include <iterator>

#include <nlohmann/json.hpp>

namespace nunatak::exchange {

namespace {

using Json = nlohmann::json;

constexpr std::uintmax_t maxFile = 4 << 20;
constexpr std::size_t maxPoints = 10'000;
constexpr int maxDepth = 8;

[[noreturn]] void refuse(const std::filesystem::path& file, const std::string& why) {
    throw Error("The calibration " + file.string() + " cannot be used: " + why + ".");
}

Json parsed(const std::filesystem::path& file) {
    std::error_code problem;
    if (!std::filesystem::is_regular_file(file, problem)) {
        refuse(file, "there is no such file");
    }
    const auto size = std::filesystem::file_size(file, problem);
    if (problem || size > maxFile) {
        refuse(file, "it is far larger than a calibration");
    }
    std::ifstream stream(file, std::ios::binary);
    const std::string text(std::istreambuf_iterator<char>(stream), {});
    try {
        return Json::parse(text, [](int depth, Json::parse_event_t, Json&) {
            if (depth > maxDepth) {
                throw Error("too deep");
            }
            return true;
        });
    } catch (const Json::parse_error& error) {
        refuse(file, "it is not valid JSON: it " + jsonTrouble(text, error.byte) +
                         "; a pickle has to be turned into JSON first (docs/models.md)");
    } catch (const std::exception&) {
        refuse(file, "it is not valid JSON; a pickle has to be turned into JSON first (docs/models.md)");
    }
}

/// Numbers that scikit-learn keeps as a column: [[1], [2]] as well as [1, 2].
std::vector<double> column(const Json& json, const std::string& field, const std::filesystem::path& file) {
    if (!json.contains(field) || !json[field].is_array() || json[field].empty() ||
        json[field].size() > maxPoints) {
        refuse(file, "the field " + field + " is not a list of numbers");
    }
    std::vector<double> numbers;
    for (const auto& item : json[field]) {
        const auto& value = item.is_array() && item.size() == 1 ? item[0] : item;
        if (!value.is_number() || !std::isfinite(value.get<double>())) {
            refuse(file, "the field " + field + " holds what is not one number");
        }
        numbers.push_back(value.get<double>());
    }
    return numbers;
}

} // namespace

models::Calibration readCalibration(const std::filesystem::path& file, const std::string& inference) {
    const auto json = parsed(file);
    if (!json.is_object()) {
        refuse(file, "it is not a JSON object");
    }
    if (json.contains("kernel") && json["kernel"] != "laplacian") {
        refuse(file, "its kernel is not \"laplacian\"");
    }
    models::Calibration calibration;
    calibration.method = models::Calibration::Method::KernelRidge;
    calibration.points = column(json, "X_fit_", file);
    calibration.coefficients = column(json, "dual_coef_", file);
    if (calibration.points.size() != calibration.coefficients.size()) {
        refuse(file, "X_fit_ and dual_coef_ are not of the same length");
    }
    // scikit-learn writes null where it chose gamma by itself: one over the number of features, which is one.
    if (json.contains("gamma") && !json["gamma"].is_null()) {
        if (!json["gamma"].is_number() || !(json["gamma"].get<double>() > 0) ||
            !std::isfinite(json["gamma"].get<double>())) {
            refuse(file, "the field gamma is not a number above 0");
        }
        calibration.gamma = json["gamma"].get<double>();
    }
    calibration.inference = inference;
    calibration.source = "imported from " + file.filename().string();
    return calibration;
}

} // namespace nunatak::exchange
