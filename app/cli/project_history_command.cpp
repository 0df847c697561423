// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/error.h"
#include "base/printable.h"
#include "cli/opened_project.h"
#include "cli/project_commands.h"

#include "geo/shape_operations.h"
#include "outlines/outline_attributes.h"
#include "outlines/outline_name.h"
#include "project/layer_choice.h"
#include "project/outline_past.h"
#include "project/project.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>

namespace nunatak::cli {

namespace {

struct HistoryArguments {
    std::string project;
    std::string glacier;
    std::string layer;
    bool json = false;
};

nlohmann::json stepOf(const project::HistoryStep& step, bool isTakenBack) {
    nlohmann::json told{{"step", step.id},          {"time", step.time}, {"description", step.description},
                        {"analyst", step.analyst},  {"tool", step.tool}, {"picture", step.picture},
                        {"taken_back", isTakenBack}};
    if (step.undoes != 0) {
        told["undoes"] = step.undoes;
    }
    return told;
}

bool isCalled(const outlines::Outline& outline, const std::string& word) {
    if (outline.uuid == word || outline.name == word) {
        return true;
    }
    return std::any_of(outline.attributes.begin(), outline.attributes.end(), [&](const auto& attribute) {
        const auto* info = outlines::attributeInfo(attribute.first);
        return info != nullptr && info->identifies != outlines::Identifies::Nothing &&
               attribute.second.text() == word;
    });
}

/// The outline that is meant. Throws Error where it is none, or several.
outlines::OutlineRef glacierNamed(const project::Project& project, const HistoryArguments& arguments) {
    std::vector<std::string> layers;
    if (!arguments.layer.empty()) {
        layers.push_back(project::layerNamed(project, arguments.layer));
    } else {
        for (const auto& layer : project.layers()) {
            if (!outlines::isReference(layer.kind)) {
                layers.push_back(layer.name);
            }
        }
    }
    std::vector<outlines::OutlineRef> found;
    for (const auto& layer : layers) {
        for (const auto& outline : project.outlines(layer).all()) {
            if (isCalled(*outline, arguments.glacier)) {
                found.push_back({layer, outline->uuid});
            }
        }
    }
    if (found.empty()) {
        throw Error("No glacier is called \"" + arguments.glacier +
                    "\" in what is edited. Give its UUID, name, RGI or GLIMS id, and --layer where it is in "
                    "another layer.");
    }
    if (found.size() > 1) {
        std::string list;
        for (const auto& ref : found) {
            list += (list.empty() ? "" : ", ") + ref.uuid + " in " + ref.layer;
        }
        throw Error("Several glaciers are called \"" + arguments.glacier + "\": " + list +
                    ". Say which by its UUID, or with --layer.");
    }
    return found.front();
}

nlohmann::json ofGlacier(const project::Project& project, const HistoryArguments& arguments) {
    const auto ref = glacierNamed(project, arguments);
    const auto past = project::planPast(project, ref)();
    nlohmann::json moments = nlohmann::json::array();
    for (const auto& moment : past.moments) {
        auto told = stepOf(moment.step, moment.isTakenBack);
        told["name"] = outlines::nameOf(*moment.outline);
        told["date"] = moment.outline->srcDate;
        told["review"] = outlines::toString(moment.outline->review);
        told["area_km2"] = geo::geodesicArea(moment.outline->geometry, project.crs()) / 1e6;
        told["vertices"] = moment.outline->vertices();
        moments.push_back(std::move(told));
    }
    nlohmann::json told{{"layer", ref.layer},
                        {"uuid", ref.uuid},
                        {"name", outlines::nameOf(*project.outlines(ref.layer).find(ref.uuid))},
                        {"moments", std::move(moments)}};
    if (!past.gap.empty()) {
        told["note"] = past.gap;
    }
    return told;
}

nlohmann::json ofAll(const project::Project& project) {
    const auto& history = project.history();
    const auto takenBack = project::takenBack(history);
    nlohmann::json steps = nlohmann::json::array();
    for (std::size_t i = history.size(); i-- > 0;) {
        steps.push_back(stepOf(history[i], takenBack[i]));
    }
    return {{"steps", std::move(steps)}};
}

void print(const nlohmann::json& told) {
    const bool isOfGlacier = told.contains("moments");
    for (const auto& step : told[isOfGlacier ? "moments" : "steps"]) {
        const auto text = [&step](const char* key) { return printableName(step[key].get<std::string>()); };
        fmt::print("{}  {}{}{}{}\n",
                   step["step"].get<std::int64_t>() == 0 ? "before the history  " : text("time"),
                   text("description"), text("analyst").empty() ? "" : " · " + text("analyst"),
                   isOfGlacier ? fmt::format(" · {:.3f} km²", step["area_km2"].get<double>()) : "",
                   step["taken_back"].get<bool>() ? " (taken back)" : "");
    }
    if (told.contains("note")) {
        fmt::print("Note: {}\n", told["note"].get<std::string>());
    }
}

} // namespace

void addProjectHistory(CLI::App& project, Context& context) {
    auto* command = project.add_subcommand("history", "What was done to a project, or to a glacier of it");
    auto arguments = std::make_shared<HistoryArguments>();
    command->add_option("project", arguments->project, "The project (.gpkg)")->required();
    command->add_option("--glacier", arguments->glacier,
                        "Only what became of this one, by UUID, name, RGI or GLIMS id");
    command->add_option("--layer", arguments->layer, "The layer that it is in (default: what is edited)");
    command->add_flag("--json", arguments->json, "Print JSON");
    command->footer("Newest first. Of a glacier each line is what it was from that step on.\n"
                    "Example:\n  nunatak-cli project history alps.gpkg --glacier Hintereisferner");
    command->callback([=, &context] {
        context.run = [=] {
            const auto opened =
                project::Project::open(arguments->project, project::Access::ReadOnly, sayWaiting);
            const auto told = arguments->glacier.empty() ? ofAll(*opened) : ofGlacier(*opened, *arguments);
            if (arguments->json) {
                fmt::print("{}\n", told.dump(2, ' ', false, nlohmann::json::error_handler_t::replace));
            } else {
                print(told);
            }
        };
    });
}

} // namespace nunatak::cli
