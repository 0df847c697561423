// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/counted.h"
#include "base/error.h"
#include "base/printable.h"
#include "cli/commands.h"
#include "cli/number_checks.h"
#include "cli/opened_project.h"

#include "outlines/outline_name.h"
#include "project/layer_choice.h"
#include "project/project.h"
#include "tasks/boundaries_task.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace nunatak::cli {

namespace {

struct CheckArguments {
    std::string project;
    std::string layer;
    double smallest = 0.01;
    bool json = false;
};

std::string layerOf(const project::Project& project, const std::string& named) {
    const auto layer =
        named.empty() ? project::inventoryOr(project, {}) : project::layerNamed(project, named);
    if (layer.empty()) {
        throw Error("The project has no inventory yet. Name the layer that is meant: --layer.");
    }
    return layer;
}

nlohmann::json toJson(const geo::Extent& extent) {
    return {extent.xmin, extent.ymin, extent.xmax, extent.ymax};
}

nlohmann::json named(const project::Project& project, const std::string& layer, const std::string& uuid) {
    const auto outline = project.outlines(layer).find(uuid);
    return {{"uuid", uuid}, {"name", outline ? outlines::nameOf(*outline) : std::string()}};
}

void print(const nlohmann::json& json) {
    fmt::print("{}\n", json.dump(2, ' ', false, nlohmann::json::error_handler_t::replace));
}

nlohmann::json toJson(const project::Project& project, const std::string& layer,
                      const std::vector<editing::Finding>& findings) {
    nlohmann::json list = nlohmann::json::array();
    for (const auto& finding : findings) {
        nlohmann::json outlines = nlohmann::json::array();
        for (const auto& ref : finding.outlines) {
            outlines.push_back(named(project, layer, ref.uuid));
        }
        list.push_back({{"kind", editing::toString(finding.kind)},
                        {"outlines", outlines},
                        {"place", {finding.place.x, finding.place.y}},
                        {"extent", toJson(finding.extent)},
                        {"size_m2", finding.size},
                        {"sentence", finding.sentence}});
    }
    return {{"layer", layer},
            {"crs", project.crs().name()},
            {"outlines", project.outlines(layer).size()},
            {"findings", list}};
}

void runCheck(const CheckArguments& arguments, Context& context) {
    const auto project = openProject(arguments.project, project::Access::ReadOnly);
    const auto layer = layerOf(*project, arguments.layer);
    auto request = tasks::checkOf(*project, layer);
    request.smallest = arguments.smallest * 1e6;
    std::vector<editing::Finding> findings;
    {
        ProgressBar bar(context.stop);
        findings = editing::check(request, bar.progress());
    }
    context.exitCode = findings.empty() ? 0 : 1;
    if (arguments.json) {
        print(toJson(*project, layer, findings));
        return;
    }
    for (const auto& finding : findings) {
        fmt::print("{} At {:.1f} {:.1f}.\n", printableName(finding.sentence), finding.place.x,
                   finding.place.y);
    }
    const auto outlines = counted(static_cast<long long>(request.outlines.size()), "outline");
    if (findings.empty()) {
        fmt::print("Nothing is wrong with the {} of layer \"{}\".\n", outlines, layer);
    } else {
        fmt::print("{} in the {} of layer \"{}\".\n",
                   counted(static_cast<long long>(findings.size()), "finding"), outlines, layer);
    }
}

void addCheck(CLI::App& outlines, Context& context) {
    auto* command = outlines.add_subcommand(
        "check", "Say what is wrong with a layer's outlines; exit code 1 where something is");
    auto arguments = std::make_shared<CheckArguments>();
    command->add_option("project", arguments->project, "The project (.gpkg)")->required();
    command->add_option("--layer", arguments->layer, "Layer to check (default: the inventory)");
    command->add_option("--smallest", arguments->smallest, "Area below which an outline is too small (km²)")
        ->check(notNegative())
        ->capture_default_str();
    command->add_flag("--json", arguments->json, "Print JSON (areas in m², places in the project's CRS)");
    command->footer("Examples:\n"
                    "  nunatak-cli outlines check demo.gpkg\n"
                    "  nunatak-cli outlines check demo.gpkg --layer expert --json");
    command->callback([=, &context] { context.run = [=, &context] { runCheck(*arguments, context); }; });
}

} // namespace

void addOutlines(CLI::App& app, Context& context) {
    auto* command = app.add_subcommand("outlines", "What is wrong with outlines");
    command->require_subcommand(1);
    addCheck(*command, context);
    command->footer("Example:\n  nunatak-cli outlines check demo.gpkg");
}

} // namespace nunatak::cli
