// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/counted.h"
#include "base/error.h"
#include "base/printable.h"
#include "cli/glacier_named.h"
#include "cli/opened_project.h"
#include "cli/project_commands.h"

#include "exchange/export_layer.h"
#include "geo/shape_operations.h"
#include "outlines/is_called.h"
#include "outlines/outline_attributes.h"
#include "outlines/outline_name.h"
#include "project/layer_choice.h"
#include "project/outline_past.h"
#include "project/project.h"
#include "project/project_then.h"
#include "project/step_words.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <cstdint>
#include <optional>

namespace nunatak::cli {

namespace {

struct HistoryArguments {
    std::string project;
    std::string glacier;
    std::string layer;
    std::optional<std::int64_t> at;
    std::string file;
    bool json = false;
    bool overwrite = false;
};

nlohmann::json stepOf(const project::HistoryStep& step, bool isTakenBack) {
    nlohmann::json told{{"step", step.id},          {"time", step.time}, {"description", step.description},
                        {"analyst", step.analyst},  {"tool", step.tool}, {"picture", step.picture},
                        {"taken_back", isTakenBack}};
    if (step.id != 0 && !project::isMomentKnown(step)) {
        told["time_is_latest"] = true;
    }
    if (step.undoes != 0) {
        told["undoes"] = step.undoes;
    }
    return told;
}

/// The glacier that is meant: of what is there, else of what is there no more.
outlines::OutlineRef glacierEver(const project::Project& project, const HistoryArguments& arguments) {
    std::vector<outlines::OutlineRef> gone;
    try {
        return glacierNamed(project, arguments.glacier, arguments.layer);
    } catch (const Error&) {
        for (const auto& layer : project.layers()) {
            if (arguments.layer.empty() ? outlines::isReference(layer.kind)
                                        : layer.name != project::layerNamed(project, arguments.layer)) {
                continue;
            }
            for (const auto& [outline, removed] : project::planGone(project, layer.name)()) {
                if (outlines::isCalled(*outline, arguments.glacier)) {
                    gone.push_back({layer.name, outline->uuid});
                }
            }
        }
        if (gone.empty()) {
            throw;
        }
    }
    if (gone.size() > 1) {
        std::string list;
        for (const auto& ref : gone) {
            list += (list.empty() ? "" : ", ") + ref.uuid + " in " + ref.layer;
        }
        throw Error("Several glaciers that are there no more were called \"" + arguments.glacier +
                    "\": " + list + ". Say which by its UUID, or with --layer.");
    }
    return gone.front();
}

nlohmann::json ofGlacier(const project::Project& project, const HistoryArguments& arguments) {
    const auto ref = glacierEver(project, arguments);
    const auto past = project::planPast(project, ref)();
    nlohmann::json moments = nlohmann::json::array();
    for (const auto& moment : past.moments) {
        auto told = stepOf(moment.step, moment.isTakenBack);
        told["name"] = outlines::nameOf(*moment.outline);
        told["date"] = moment.outline->srcDate;
        told["review"] = outlines::toString(moment.outline->review);
        told["area_km2"] = geo::geodesicArea(moment.outline->geometry, project.crs()) / 1e6;
        told["vertices"] = moment.outline->vertices();
        told["origin"] = outlines::toString(moment.outline->origin);
        told["model"] = moment.outline->model;
        told["sensor"] = moment.outline->sensor;
        moments.push_back(std::move(told));
    }
    nlohmann::json told{
        {"layer", ref.layer},
        {"uuid", ref.uuid},
        {"name", past.moments.empty() ? std::string() : outlines::nameOf(*past.moments.front().outline)},
        {"moments", std::move(moments)}};
    if (past.removed) {
        told["removed"] = stepOf(*past.removed, false);
    }
    nlohmann::json merged = nlohmann::json::array();
    for (const auto& step : project::planMergedSteps(project, ref)()) {
        merged.push_back(stepOf(step.what, false));
        merged.back()["from"] = step.source;
        merged.back()["merged_by"] = step.step;
    }
    if (!merged.empty()) {
        told["merged"] = std::move(merged);
    }
    if (!past.gap.empty()) {
        told["note"] = past.gap;
    }
    return told;
}

/// The glaciers of a step: how many, and how the first are called.
nlohmann::json glaciersOf(const project::Project& project, const std::vector<outlines::OutlineRef>& touched) {
    constexpr std::size_t named = 100;
    nlohmann::json glaciers = nlohmann::json::array();
    for (std::size_t i = 0; i < std::min(named, touched.size()); ++i) {
        const auto& [layer, uuid] = touched[i];
        const auto outline = project.hasLayer(layer) ? project.outlines(layer).find(uuid) : nullptr;
        glaciers.push_back({{"layer", layer},
                            {"uuid", uuid},
                            {"name", outline ? outlines::nameOf(*outline) : std::string()}});
    }
    return glaciers;
}

nlohmann::json ofAll(const project::Project& project) {
    const auto& history = project.history();
    const auto takenBack = project::takenBack(history);
    const auto touched = project::planTouched(project)();
    nlohmann::json steps = nlohmann::json::array();
    for (std::size_t i = history.size(); i-- > 0;) {
        auto told = stepOf(history[i], takenBack[i]);
        if (const auto found = touched.find(history[i].id); found != touched.end()) {
            told["outlines"] = found->second.size();
            told["glaciers"] = glaciersOf(project, found->second);
        }
        for (const auto& merged : project.mergedSteps()) {
            if (merged.step == history[i].id) {
                told["merged"].push_back(stepOf(merged.what, false));
                told["merged"].back()["from"] = merged.source;
            }
        }
        steps.push_back(std::move(told));
    }
    return {{"steps", std::move(steps)}};
}

/// Says beside each picture's id what it is called.
void namePictures(nlohmann::json& told, const std::vector<scene::Scene>& scenes) {
    if (told.is_object() && told.contains("picture") && !told["picture"].get<std::string>().empty()) {
        told["picture_name"] = project::pictureInWords(told["picture"].get<std::string>(), scenes);
    }
    if (told.is_structured()) {
        for (auto& part : told) {
            namePictures(part, scenes);
        }
    }
}

std::string textOf(const nlohmann::json& step, const char* key) {
    return step.contains(key) ? printableName(step[key].get<std::string>()) : std::string();
}

std::string behind(const std::string& text) {
    return text.empty() ? std::string() : " · " + text;
}

/// Who, with what, on which picture.
std::string circumstances(const nlohmann::json& step) {
    const auto picture = textOf(step, "picture_name");
    if (step.contains("time_is_latest")) {
        return " · noticed then, done before";
    }
    return behind(textOf(step, "analyst")) + behind(project::toolInWords(textOf(step, "tool"))) +
           (picture.empty() ? "" : " · on " + picture);
}

std::string glaciersIn(const nlohmann::json& step) {
    if (!step.contains("outlines")) {
        return {};
    }
    constexpr std::size_t shown = 3;
    std::string names;
    std::size_t count = 0;
    for (const auto& glacier : step["glaciers"]) {
        const auto name = textOf(glacier, "name");
        if (!name.empty() && count < shown) {
            names += (count++ == 0 ? ": " : ", ") + name;
        }
    }
    const auto all = step["outlines"].get<std::size_t>();
    return " · " + counted(static_cast<long long>(all), "outline") + names +
           (count > 0 && all > count ? " …" : "");
}

void print(const nlohmann::json& told) {
    const bool isOfGlacier = told.contains("moments");
    const auto printMerged = [](const nlohmann::json& merged) {
        for (const auto& step : merged) {
            fmt::print("      {}  {}{} · from {}\n", textOf(step, "time"), textOf(step, "description"),
                       circumstances(step), textOf(step, "from"));
        }
    };
    if (told.contains("removed")) {
        const auto& step = told["removed"];
        fmt::print("{:>5} {}  {}{} · it is there no more\n", step["step"].get<std::int64_t>(),
                   textOf(step, "time"), textOf(step, "description"), circumstances(step));
    }
    for (const auto& step : told[isOfGlacier ? "moments" : "steps"]) {
        const auto id = step["step"].get<std::int64_t>();
        fmt::print("{:>5} {}  {}{}{}{}\n", id == 0 ? "" : std::to_string(id),
                   id == 0 ? "before the history  " : textOf(step, "time"), textOf(step, "description"),
                   circumstances(step),
                   isOfGlacier ? fmt::format(" · {:.3f} km²{}{}", step["area_km2"].get<double>(),
                                             behind(textOf(step, "origin")), behind(textOf(step, "model")))
                               : glaciersIn(step),
                   step["taken_back"].get<bool>() ? " (taken back)" : "");
        if (!isOfGlacier && step.contains("merged")) {
            printMerged(step["merged"]);
        }
        for (const auto& merged : isOfGlacier&& told.contains("merged") ? told["merged"] : nlohmann::json()) {
            if (merged["merged_by"] == step["step"]) {
                printMerged(nlohmann::json::array({merged})); // braces alone make a copy
            }
        }
    }
    if (told.contains("note")) {
        fmt::print("Note: {}\n", told["note"].get<std::string>());
    }
}

/// A layer as a step left it, written as an export is.
void exportThen(const project::Project& project, const HistoryArguments& arguments, const Context& context) {
    const auto step = *arguments.at;
    const auto then = project::planThen(project, step)();
    std::vector<std::string> names;
    const project::LayerThen* meant = nullptr;
    int inventories = 0;
    for (const auto& layer : then.layers) {
        names.push_back(layer.info.name);
        const bool isInventory = layer.info.kind == outlines::LayerKind::Inventory;
        inventories += isInventory ? 1 : 0;
        if (arguments.layer.empty()
                ? isInventory
                : layer.info.name == arguments.layer || outlines::titleOf(layer.info) == arguments.layer) {
            meant = &layer;
        }
    }
    if (meant == nullptr || (arguments.layer.empty() && inventories > 1)) {
        std::string list;
        for (const auto& name : names) {
            list += (list.empty() ? "" : ", ") + name;
        }
        throw Error(fmt::format("After step {} {}. Say which with --layer.", step,
                                names.empty() ? "there was no layer" : "the layers were " + list));
    }
    auto outlines = meant->outlines.all();
    std::erase_if(outlines, [](const auto& outline) { return outline->review == outlines::Review::Removed; });
    if (!arguments.glacier.empty()) {
        std::erase_if(outlines,
                      [&](const auto& outline) { return !outlines::isCalled(*outline, arguments.glacier); });
    }
    exchange::WrittenOutlines written;
    {
        ProgressBar bar(context.stop);
        written = exchange::exportLayer(meant->info.name, outlines, project.crs(), arguments.file,
                                        bar.progress(), {"export", arguments.overwrite, {arguments.project}});
    }
    fmt::print("Exported {} of layer \"{}\" as step {} left it to {}\n",
               counted(static_cast<long long>(written.count), "outline"), meant->info.name, step,
               arguments.file);
    for (const auto& note : written.notes) {
        fmt::print("Note: {}\n", note);
    }
    if (!then.unknown.empty()) {
        fmt::print(
            "Note: {} by another program since; they are as it left them.\n",
            counted(static_cast<long long>(then.unknown.size()), "outline", "was changed", "were changed"));
    }
}

} // namespace

void addProjectHistory(CLI::App& project, Context& context) {
    auto* command = project.add_subcommand("history", "What was done to a project, or to a glacier of it");
    auto arguments = std::make_shared<HistoryArguments>();
    command->add_option("project", arguments->project, "The project (.gpkg)")->required();
    command->add_option(
        "--glacier", arguments->glacier,
        "Only what became of this one, by UUID, name, RGI or GLIMS id; also one that is there no "
        "more");
    command->add_option("--layer", arguments->layer, "The layer that it is in (default: what is edited)");
    auto* at = command->add_option(
        "--at", arguments->at, "The number of a step: what the layer was after it (0: before the history)");
    auto* file = command->add_option("--export", arguments->file,
                                     "With --at: the file to write that into; .shp, .gpkg or .geojson");
    at->needs(file);
    file->needs(at);
    addOverwrite(*command, arguments->overwrite);
    command->add_flag("--json", arguments->json, "Print JSON");
    command->footer("Newest first. Of a glacier each line is what it was from that step on.\n"
                    "Examples:\n"
                    "  nunatak-cli project history alps.gpkg --glacier Hintereisferner\n"
                    "  nunatak-cli project history alps.gpkg --at 120 --export then.gpkg\n"
                    "  nunatak-cli project history alps.gpkg --glacier Hintereisferner --at 120 --export "
                    "hintereis.gpkg");
    command->callback([=, &context] {
        context.run = [=, &context] {
            const auto opened =
                project::Project::open(arguments->project, project::Access::ReadOnly, sayWaiting);
            if (arguments->at) {
                exportThen(*opened, *arguments, context);
                return;
            }
            auto told = arguments->glacier.empty() ? ofAll(*opened) : ofGlacier(*opened, *arguments);
            namePictures(told, opened->scenes());
            if (arguments->json) {
                fmt::print("{}\n", told.dump(2, ' ', false, nlohmann::json::error_handler_t::replace));
            } else {
                print(told);
            }
        };
    });
}

} // namespace nunatak::cli
