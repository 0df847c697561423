// SPDX-License-Identifier: GPL-3.0-or-later
#include "ranking/report.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>

namespace nunatak::ranking {

namespace {

using Json = nlohmann::ordered_json;

std::string percent(const std::optional<double>& share) {
    return share ? fmt::format("{:.1f}", 100 * *share) : "unknown";
}

std::string scoreText(const Conditions& conditions) {
    const auto score = conditions.score();
    return score ? fmt::format("{}{:.2f}", conditions.scoreIsUpperBound() ? "≤ " : "", *score) : "unknown";
}

std::string dateText(const RankedScene& scene) {
    return scene.date.empty() ? "unknown" : scene.date;
}

std::string sharesText(const Conditions& conditions) {
    return fmt::format("{:>7} {:>8} {:>8} {:>8} {:>8}", scoreText(conditions), percent(conditions.covered),
                       percent(conditions.cloud), percent(conditions.snow), percent(conditions.shadow));
}

constexpr const char* sharesHead = "  score covered%   cloud%    snow%  shadow%";

Json orNull(const std::optional<double>& value) {
    return value ? Json(*value) : Json(nullptr);
}

Json asJson(const Conditions& conditions) {
    return {{"score", orNull(conditions.score())},   {"score_is_upper_bound", conditions.scoreIsUpperBound()},
            {"covered", orNull(conditions.covered)}, {"cloud", orNull(conditions.cloud)},
            {"snow", orNull(conditions.snow)},       {"cast_shadow", orNull(conditions.shadow)}};
}

/// A field of comma-separated values, in quotation marks where it needs them (RFC 4180).
std::string field(const std::string& text) {
    if (text.find_first_of(",\"\r\n") == std::string::npos) {
        return text;
    }
    std::string quoted = "\"";
    for (const char c : text) {
        quoted += c == '"' ? "\"\"" : std::string(1, c);
    }
    return quoted + "\"";
}

std::string number(const std::optional<double>& value) {
    return value ? fmt::format("{:.4f}", *value) : "";
}

/// The scenes from the best for the glacier of this number.
std::vector<const RankedScene*> bestFor(const std::vector<RankedScene>& scenes, std::size_t glacier) {
    std::vector<const RankedScene*> order;
    for (const auto& scene : scenes) {
        order.push_back(&scene);
    }
    std::stable_sort(order.begin(), order.end(), [glacier](const auto* a, const auto* b) {
        return a->glaciers.glaciers[glacier].conditions.score().value_or(-1) >
               b->glaciers.glaciers[glacier].conditions.score().value_or(-1);
    });
    return order;
}

} // namespace

std::string toTable(const std::vector<RankedScene>& scenes) {
    std::string text =
        fmt::format("{:<10}  {} {:>7} {:>4}  {}\n", "date", sharesHead, "sun°", "day", "scene");
    for (const auto& scene : scenes) {
        text += fmt::format("{:<10}  {} {:>7} {:>4}  {}\n", dateText(scene), sharesText(scene.conditions()),
                            scene.sun ? fmt::format("{:.1f}", scene.sun->elevation) : "unknown",
                            scene.dayOfYear ? std::to_string(*scene.dayOfYear) : "–", scene.name);
    }
    return text;
}

std::string glaciersTable(const std::vector<RankedScene>& scenes) {
    const std::size_t count = scenes.empty() ? 0 : scenes.front().glaciers.glaciers.size();
    std::string text = fmt::format("{:<10}  {} {:>9}  {}\n", "date", sharesHead, "km²", "glacier");
    for (std::size_t i = 0; i < count; ++i) {
        for (const auto* scene : bestFor(scenes, i)) {
            const auto& glacier = scene->glaciers.glaciers[i];
            text += fmt::format("{:<10}  {} {:>9.3f}  {}\n", dateText(*scene), sharesText(glacier.conditions),
                                glacier.area / 1e6, glacier.name);
        }
    }
    return text;
}

std::string glaciersCsv(const std::vector<RankedScene>& scenes) {
    const std::size_t count = scenes.empty() ? 0 : scenes.front().glaciers.glaciers.size();
    std::string text = "glacier,uuid,area_m2,scene,date,score,covered,cloud,snow,cast_shadow\r\n";
    for (std::size_t i = 0; i < count; ++i) {
        for (const auto* scene : bestFor(scenes, i)) {
            const auto& glacier = scene->glaciers.glaciers[i];
            const auto& shares = glacier.conditions;
            text += fmt::format("{},{},{:.0f},{},{},{},{},{},{},{}\r\n", field(glacier.name), glacier.uuid,
                                glacier.area, field(scene->name), scene->date, number(shares.score()),
                                number(shares.covered), number(shares.cloud), number(shares.snow),
                                number(shares.shadow));
        }
    }
    return text;
}

std::string toJson(const std::vector<RankedScene>& scenes) {
    Json list = Json::array();
    for (const auto& scene : scenes) {
        Json entry{{"id", scene.id}, {"name", scene.name}, {"date", scene.date}, {"sensor", scene.sensor}};
        entry["day_of_year"] = scene.dayOfYear ? Json(*scene.dayOfYear) : Json(nullptr);
        entry["sun_elevation"] = scene.sun ? Json(scene.sun->elevation) : Json(nullptr);
        entry["sun_azimuth"] = scene.sun ? orNull(scene.sun->azimuth) : Json(nullptr);
        entry["sun_is_computed"] = scene.sun && scene.sun->isComputed;
        entry["measured_pixel_size"] = scene.pixelMetres;
        entry["conditions"] = asJson(scene.conditions());
        entry["whole_scene"] = asJson(scene.scene);
        entry["notes"] = scene.notes;
        Json glaciers = Json::array();
        for (const auto& glacier : scene.glaciers.glaciers) {
            Json row{{"uuid", glacier.uuid}, {"name", glacier.name}, {"area", glacier.area}};
            row.update(asJson(glacier.conditions));
            glaciers.push_back(std::move(row));
        }
        entry["glaciers"] = std::move(glaciers);
        list.push_back(std::move(entry));
    }
    return list.dump(2, ' ', false, nlohmann::json::error_handler_t::replace);
}

} // namespace nunatak::ranking
