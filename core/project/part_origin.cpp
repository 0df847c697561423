// SPDX-License-Identifier: GPL-3.0-or-later
#include "project/part_origin.h"

#include <nlohmann/json.hpp>

namespace nunatak::project {

std::string toText(const PartOrigin& origin) {
    return nlohmann::json({{"parent", origin.parent},
                           {"step", origin.at.id},
                           {"time", origin.at.time},
                           {"description", origin.at.description},
                           {"tool", origin.at.tool},
                           {"analyst", origin.at.analyst},
                           {"picture", origin.at.picture},
                           {"name", origin.name},
                           {"number", origin.number},
                           {"parts", origin.parts},
                           {"neighbours", origin.neighbours},
                           {"begins", origin.begins},
                           {"content", origin.content},
                           {"knows_all", origin.knowsAll},
                           {"of", origin.of}})
        .dump();
}

std::optional<PartOrigin> partOrigin(const Project& project) {
    const auto text = project.setting(partSetting);
    return text ? partOriginFrom(*text) : std::nullopt;
}

std::optional<PartOrigin> partOriginFrom(const std::string& text) {
    try {
        const auto json = nlohmann::json::parse(text);
        PartOrigin origin;
        origin.parent = json.at("parent").get<std::string>();
        origin.at.id = json.at("step").get<std::int64_t>();
        origin.at.time = json.at("time").get<std::string>();
        origin.at.description = json.at("description").get<std::string>();
        origin.at.tool = json.at("tool").get<std::string>();
        origin.at.analyst = json.at("analyst").get<std::string>();
        origin.at.picture = json.at("picture").get<std::string>();
        origin.name = json.at("name").get<std::string>();
        origin.number = json.at("number").get<int>();
        origin.parts = json.at("parts").get<int>();
        origin.neighbours = json.at("neighbours").get<std::string>();
        origin.begins = json.at("begins").get<std::int64_t>();
        // What parts of before did not say.
        origin.content = json.value("content", std::int64_t{0});
        origin.knowsAll = json.value("knows_all", false);
        origin.of = json.value("of", std::string());
        return origin;
    } catch (const nlohmann::json::exception&) {
        return std::nullopt; // another program wrote there
    }
}

} // namespace nunatak::project
