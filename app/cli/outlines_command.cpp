// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/counted.h"
#include "base/error.h"
#include "base/printable.h"
#include "cli/number_checks.h"
#include "cli/opened_project.h"
#include "cli/outlines_commands.h"

#include "outlines/outline_name.h"
#include "project/layer_choice.h"
#include "project/project.h"
#include "tasks/boundaries_task.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <cmath>
#include <string>
#include <vector>

namespace nunatak::cli {

namespace {

struct CheckArguments {
    std::string project;
    std::string layer;
    double smallest = 0.01;
    double tolerance = 5;
    bool json = false;
};

struct SnapArguments {
    std::string project;
    std::string layer;
    double tolerance = 5;
    bool dryRun = false;
    bool json = false;
};

nlohmann::json toJson(const geo::Extent& extent) {
    return {extent.xmin, extent.ymin, extent.xmax, extent.ymax};
}

nlohmann::json named(const project::Project& project, const std::vector<outlines::OutlineRef>& refs) {
    nlohmann::json list = nlohmann::json::array();
    for (const auto& [layer, uuid] : refs) {
        const auto outline = project.outlines(layer).find(uuid);
        list.push_back({{"uuid", uuid}, {"name", outline ? outlines::nameOf(*outline) : std::string()}});
    }
    return list;
}

/// Of a finding's size.
nlohmann::json unitOf(editing::Fault kind) {
    switch (kind) {
    case editing::Fault::Overlap:
    case editing::Fault::Duplicate:
    case editing::Fault::TooSmall:
        return "m2";
    case editing::Fault::Gap:
        return "m";
    default:
        return nullptr;
    }
}

double percentOf(const editing::Snapped::Area& area) {
    return area.before > 0 ? 100 * (area.after - area.before) / area.before : 0;
}

nlohmann::json toJson(const project::Project& project, const std::string& layer,
                      const std::vector<editing::Finding>& findings) {
    nlohmann::json list = nlohmann::json::array();
    for (const auto& finding : findings) {
        list.push_back({{"kind", editing::toString(finding.kind)},
                        {"outlines", named(project, finding.outlines)},
                        {"place", {finding.place.x, finding.place.y}},
                        {"extent", toJson(finding.extent)},
                        {"size", finding.size},
                        {"unit", unitOf(finding.kind)},
                        {"sentence", finding.sentence}});
    }
    return {{"layer", layer},
            {"crs", project.crs().name()},
            {"outlines", project.outlines(layer).size()},
            {"findings", list}};
}

void runCheck(const CheckArguments& arguments, Context& context) {
    const auto project = openProject(arguments.project, project::Access::ReadOnly);
    const auto layer = outlinesLayer(*project, arguments.layer);
    auto request = tasks::checkOf(*project, layer);
    request.smallest = arguments.smallest * 1e6;
    request.tolerance = arguments.tolerance;
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
        "check", "Say what is wrong with a layer's outlines; exit code 1 where something is, 2 where it "
                 "could not be looked");
    auto arguments = std::make_shared<CheckArguments>();
    command->add_option("project", arguments->project, "The project (.gpkg)")->required();
    command->add_option("--layer", arguments->layer, "Layer to check (default: the inventory)");
    command->add_option("--smallest", arguments->smallest, "Area below which an outline is too small (km²)")
        ->check(notNegative())
        ->capture_default_str();
    command
        ->add_option("--tolerance", arguments->tolerance,
                     "So near to one another lines are nearly one, and a gap lies between them (m)")
        ->check(positive())
        ->capture_default_str();
    command->add_flag("--json", arguments->json, "Print JSON (places in the project's CRS)");
    command->footer("Examples:\n"
                    "  nunatak-cli outlines check demo.gpkg\n"
                    "  nunatak-cli outlines check demo.gpkg --layer expert --json");
    command->callback([=, &context] {
        context.failureCode = 2; // 1 is an answer
        context.run = [=, &context] { runCheck(*arguments, context); };
    });
}

nlohmann::json toJson(const project::Project& project, const SnapArguments& arguments,
                      const std::string& layer, const editing::Snapped& done) {
    nlohmann::json areas = nlohmann::json::array();
    for (const auto& area : done.areas) {
        areas.push_back({{"outline", named(project, {area.outline}).front()},
                         {"before_m2", area.before},
                         {"after_m2", area.after},
                         {"change_percent", percentOf(area)}});
    }
    nlohmann::json left = nlohmann::json::array();
    for (const auto& place : done.left) {
        left.push_back({{"outlines", named(project, place.outlines)},
                        {"place", {place.place.x, place.place.y}},
                        {"why", place.why}});
    }
    nlohmann::json pairs = nlohmann::json::array();
    for (const auto& pair : done.pairs) {
        pairs.push_back({{"outlines", named(project, {pair.outline, pair.other})},
                         {"places", pair.places},
                         {"farthest_m", pair.farthest},
                         {"place", {pair.place.x, pair.place.y}},
                         {"extent", toJson(pair.extent)}});
    }
    return {{"layer", layer},
            {"crs", project.crs().name()},
            {"tolerance_m", arguments.tolerance},
            {"dry_run", arguments.dryRun},
            {"outlines", project.outlines(layer).size()},
            {"changed", done.edit.changes.size()},
            {"moved", done.moved},
            {"added", done.added},
            {"farthest_m", done.farthest},
            {"areas", areas},
            {"left", left},
            {"pairs", pairs}};
}

void printSnapped(const project::Project& project, const SnapArguments& arguments, const std::string& layer,
                  const editing::Snapped& done) {
    const auto count = [](std::size_t number, const char* what) {
        return counted(static_cast<long long>(number), what);
    };
    const auto outlines = count(project.outlines(layer).size(), "outline");
    if (done.edit.empty()) {
        fmt::print("Nothing to bring together within {:g} m in the {} of layer \"{}\".\n",
                   arguments.tolerance, outlines, layer);
    } else if (done.pairs.empty()) {
        fmt::print("No line moves. {} {} where lines are one already, in {} of the {} of layer \"{}\".\n",
                   done.added == 1 ? "1 vertex" : std::to_string(done.added) + " vertices",
                   arguments.dryRun ? "would come" : "came", done.edit.changes.size(), outlines, layer);
    } else {
        fmt::print("{} {} by up to {:.3g} m and {} {}, in {} of the {} of layer \"{}\".\n",
                   arguments.dryRun ? "Would move" : "Moved",
                   done.moved == 1 ? "1 vertex" : std::to_string(done.moved) + " vertices", done.farthest,
                   arguments.dryRun ? "add" : "added", done.added, done.edit.changes.size(), outlines, layer);
    }
    constexpr double notable = 0.1; // m²
    std::size_t hardly = 0;
    for (const auto& area : done.areas) {
        if (std::abs(area.after - area.before) < notable) {
            ++hardly;
            continue;
        }
        const auto outline = project.outlines(layer).find(area.outline.uuid);
        const auto name = outline ? outlines::nameOf(*outline) : std::string();
        fmt::print("{}: {:.4f} km² → {:.4f} km² ({:+.1f} m², {:+.3f} %)\n",
                   printableName(name.empty() ? area.outline.uuid : name), area.before / 1e6,
                   area.after / 1e6, area.after - area.before, percentOf(area));
    }
    if (hardly > 0) {
        fmt::print("{} by less than {:g} m² each.\n",
                   counted(static_cast<long long>(hardly), "outline", "changes", "change"), notable);
    }
    for (const auto& place : done.left) {
        fmt::print("Left as it was at {:.1f} {:.1f}: {}\n", place.place.x, place.place.y,
                   printableName(place.why));
    }
}

void runSnap(const SnapArguments& arguments, const Context& context) {
    const auto project = openProject(arguments.project, arguments.dryRun ? project::Access::ReadOnly
                                                                         : project::Access::ReadWrite);
    const auto layer = outlinesLayer(*project, arguments.layer);
    if (!arguments.dryRun) {
        tasks::throwUnlessEdited(*project, layer);
    }
    editing::Snapped done;
    {
        ProgressBar bar(context.stop);
        done = editing::snap(tasks::snapOf(*project, layer, arguments.tolerance), bar.progress());
    }
    if (!arguments.dryRun && !done.edit.empty()) {
        project->take(tasks::planTidying(*project, layer, arguments.tolerance)(done.edit));
        save(*project);
    }
    if (arguments.json) {
        print(toJson(*project, arguments, layer, done));
    } else {
        printSnapped(*project, arguments, layer, done);
    }
}

void addSnap(CLI::App& outlines, Context& context) {
    auto* command = outlines.add_subcommand(
        "snap", "Bring nearly equal lines of neighbours together; one step, which undo takes back");
    auto arguments = std::make_shared<SnapArguments>();
    command->add_option("project", arguments->project, "The project (.gpkg)")->required();
    command->add_option("--layer", arguments->layer, "Layer whose lines are meant (default: the inventory)");
    command->add_option("--tolerance", arguments->tolerance, "No vertex moves farther than this (m)")
        ->check(positive())
        ->capture_default_str();
    command->add_flag("--dry-run", arguments->dryRun, "Say what would change, and change nothing");
    command->add_flag("--json", arguments->json, "Print JSON (areas in m², places in the project's CRS)");
    command->footer("Examples:\n"
                    "  nunatak-cli outlines snap demo.gpkg --tolerance 2 --dry-run\n"
                    "  nunatak-cli outlines snap demo.gpkg --layer inventory");
    command->callback([=, &context] { context.run = [=, &context] { runSnap(*arguments, context); }; });
}

} // namespace

std::string outlinesLayer(const project::Project& project, const std::string& named) {
    const auto layer =
        named.empty() ? project::inventoryOr(project, {}) : project::layerNamed(project, named);
    if (layer.empty()) {
        throw Error("The project has no inventory yet. Name the layer that is meant: --layer.");
    }
    return layer;
}

void print(const nlohmann::json& json) {
    fmt::print("{}\n", json.dump(2, ' ', false, nlohmann::json::error_handler_t::replace));
}

void addOutlines(CLI::App& app, Context& context) {
    auto* command =
        app.add_subcommand("outlines", "What is wrong with outlines, lines that are nearly one, ice divides");
    command->require_subcommand(1);
    addCheck(*command, context);
    addSnap(*command, context);
    addOutlinesDivide(*command, context);
    addOutlinesExtremes(*command, context);
    command->footer("Examples:\n"
                    "  nunatak-cli outlines check demo.gpkg\n"
                    "  nunatak-cli outlines snap demo.gpkg --dry-run\n"
                    "  nunatak-cli outlines divide demo.gpkg --dry-run");
}

} // namespace nunatak::cli
