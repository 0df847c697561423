// SPDX-License-Identifier: GPL-3.0-or-later
#include "tasks/project_model.h"

#include "base/counted.h"
#include "models/learning_record.h"
#include "project/project.h"

#include <algorithm>
#include <cctype>

#include <nlohmann/json.hpp>

namespace nunatak::tasks {

namespace {

constexpr const char* settingKey = "model";

} // namespace

std::optional<ProjectModel> modelOf(const project::Project& project) {
    const auto text = project.setting(settingKey);
    if (!text) {
        return std::nullopt;
    }
    const auto json = nlohmann::json::parse(*text, nullptr, false);
    const auto field = [&json](const char* name) {
        const auto found = json.find(name);
        return found != json.end() && found->is_string() ? found->get<std::string>() : std::string();
    };
    if (!json.is_object() || field("fingerprint").empty()) {
        return std::nullopt; // damaged: as in a project that chose none
    }
    return ProjectModel{field("name"), field("title"), field("fingerprint")};
}

void chooseModel(project::Project& project, const models::StoredModel& model) {
    const nlohmann::ordered_json json{{"name", model.manifest.name},
                                      {"title", models::titleOf(model)},
                                      {"fingerprint", model.manifest.fingerprint}};
    const auto text = json.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
    if (project.setting(settingKey) != text) {
        project.setSetting(settingKey, text);
    }
}

const models::StoredModel* findModel(const ProjectModel& chosen,
                                     const std::vector<models::StoredModel>& all) {
    const models::StoredModel* found = nullptr;
    for (const auto& model : all) {
        if (model.manifest.fingerprint == chosen.fingerprint &&
            (found == nullptr || model.manifest.name == chosen.name)) {
            found = &model;
        }
    }
    return found;
}

std::string proposedTitle(const project::Project& project, int glaciers) {
    auto place = project.file().stem().string();
    std::ranges::replace(place, '_', ' ');
    if (!place.empty()) {
        place.front() = static_cast<char>(std::toupper(static_cast<unsigned char>(place.front())));
    }
    return place + ", after " + counted(glaciers, "glacier");
}

} // namespace nunatak::tasks
