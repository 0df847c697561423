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
#include "tasks/divides_task.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <string>
#include <vector>

namespace nunatak::cli {

namespace {

struct DivideArguments {
    std::string project;
    std::string layer;
    std::vector<std::string> uuids;
    std::string elevation;
    double area = divides::Thresholds().area / 1e6;
    double saddle = divides::Thresholds().saddle;
    std::string like;
    bool dryRun = false;
    bool json = false;
};

std::string nameOf(const outlines::OutlineHandle& outline) {
    return outline ? outlines::nameOf(*outline) : std::string();
}

/// What is read: the name, else the UUID.
std::string shownName(const outlines::OutlineHandle& outline, const std::string& uuid) {
    const std::string name = nameOf(outline);
    return printableName(name.empty() ? uuid : name);
}

nlohmann::json toJson(const outlines::OutlineHandle& outline) {
    return {{"uuid", outline->uuid}, {"name", nameOf(outline)}};
}

std::size_t dividedIn(const divides::DivideResult& done) {
    return static_cast<std::size_t>(std::count_if(done.outlines.begin(), done.outlines.end(),
                                                  [](const auto& of) { return of.parts.size() > 1; }));
}

std::size_t partsIn(const divides::DivideResult& done) {
    std::size_t parts = 0;
    for (const auto& of : done.outlines) {
        parts += of.parts.size() > 1 ? of.parts.size() : 0;
    }
    return parts;
}

nlohmann::json toJson(const project::Project& project, const DivideArguments& arguments,
                      const divides::DivideRequest& request, const divides::DivideResult& done) {
    const auto earlier = [&](int index) { return request.earlier[static_cast<std::size_t>(index)]; };
    nlohmann::json outlines = nlohmann::json::array();
    for (const auto& of : done.outlines) {
        nlohmann::json parts = nlohmann::json::array();
        for (const auto& part : of.parts) {
            nlohmann::json each = {{"uuid", part.ref.uuid}, {"area_m2", part.area}};
            if (request.isLike) {
                each["earlier"] = part.earlier >= 0 ? toJson(earlier(part.earlier)) : nlohmann::json();
                each["keeps_ids"] = part.keepsIds;
            }
            parts.push_back(std::move(each));
        }
        outlines.push_back({{"outline", toJson(request.outlines.find(of.outline.uuid))},
                            {"parts", parts},
                            {"drawn_anew", of.isDrawnAnew},
                            {"why", of.why.empty() ? nlohmann::json() : nlohmann::json(of.why)}});
    }
    nlohmann::json json = {{"layer", request.layer},      {"crs", project.crs().name()},
                           {"dry_run", arguments.dryRun}, {"area_km2", arguments.area},
                           {"divided", dividedIn(done)},  {"parts", partsIn(done)},
                           {"outlines", outlines}};
    if (!request.isLike) {
        json["saddle_m"] = arguments.saddle;
        return json;
    }
    nlohmann::json splits = nlohmann::json::array();
    for (const auto& split : done.splits) {
        nlohmann::json parts = nlohmann::json::array();
        for (const auto& part : split.parts) {
            parts.push_back(part.uuid);
        }
        splits.push_back({{"earlier", toJson(earlier(split.earlier))}, {"parts", parts}});
    }
    nlohmann::json vanished = nlohmann::json::array();
    for (const int index : done.vanished) {
        vanished.push_back(toJson(earlier(index)));
    }
    json["like"] = arguments.like;
    json["splits"] = splits;
    json["vanished"] = vanished;
    return json;
}

void printParts(const divides::DivideRequest& request, const divides::DivideResult::Of& of) {
    std::vector<std::string> parts;
    for (const auto& part : of.parts) {
        std::string said = fmt::format("{:.3f} km²", part.area / 1e6);
        if (part.earlier >= 0) {
            const auto& earlier = request.earlier[static_cast<std::size_t>(part.earlier)];
            said +=
                " (" + std::string(part.keepsIds ? "" : "also ") + shownName(earlier, earlier->uuid) + ")";
        }
        parts.push_back(std::move(said));
    }
    fmt::print("{}: {} parts, {}\n", shownName(request.outlines.find(of.outline.uuid), of.outline.uuid),
               of.parts.size(), fmt::join(parts, ", "));
    if (of.isDrawnAnew) {
        fmt::print(
            "Its divides were drawn anew along the pixels: the earlier lines run too near to its own.\n");
    }
}

void printDivided(const DivideArguments& arguments, const divides::DivideRequest& request,
                  const divides::DivideResult& done) {
    for (const auto& of : done.outlines) {
        if (!of.why.empty()) {
            fmt::print("{} is not divided: {}\n",
                       shownName(request.outlines.find(of.outline.uuid), of.outline.uuid),
                       printableName(of.why));
        } else if (of.parts.size() > 1) {
            printParts(request, of);
        }
    }
    for (const auto& split : done.splits) {
        const auto& earlier = request.earlier[static_cast<std::size_t>(split.earlier)];
        fmt::print("{} is in {} parts now; the largest keeps its name and ids.\n",
                   shownName(earlier, earlier->uuid), split.parts.size());
    }
    for (const int index : done.vanished) {
        const auto& earlier = request.earlier[static_cast<std::size_t>(index)];
        fmt::print("{} has no ice any more.\n", shownName(earlier, earlier->uuid));
    }
    const auto outlines = counted(static_cast<long long>(done.outlines.size()), "outline");
    if (dividedIn(done) == 0) {
        fmt::print("Nothing to divide in the {} of layer \"{}\".\n", outlines, request.layer);
    } else {
        fmt::print("{} {} of the {} of layer \"{}\" into {}.\n",
                   arguments.dryRun ? "Would divide" : "Divided", dividedIn(done), outlines, request.layer,
                   partsIn(done));
    }
}

void runDivide(const DivideArguments& arguments, const Context& context) {
    const auto project = openProject(arguments.project, arguments.dryRun ? project::Access::ReadOnly
                                                                         : project::Access::ReadWrite);
    tasks::DivideOptions options;
    options.layer = outlinesLayer(*project, arguments.layer);
    if (!arguments.dryRun) {
        tasks::throwUnlessEdited(*project, options.layer);
    }
    options.uuids = arguments.uuids;
    options.elevation = arguments.elevation;
    options.thresholds = {arguments.area * 1e6, arguments.saddle};
    if (!arguments.like.empty()) {
        options.like = project::layerNamed(*project, arguments.like);
        if (options.like == options.layer) {
            throw Error("A layer is not divided like itself. Name the inventory of before: --like.");
        }
    }
    const auto request = tasks::planDivide(*project, options)();
    divides::DivideResult done;
    {
        ProgressBar bar(context.stop);
        done = divides::divideLayer(request, bar.progress());
    }
    if (!arguments.dryRun && !done.edit.empty()) {
        if (const auto committed = project->commit(done.edit); !committed.sentence.empty()) {
            throw Error(committed.sentence);
        }
        save(*project);
    }
    if (arguments.json) {
        print(toJson(*project, arguments, request, done));
    } else {
        printDivided(arguments, request, done);
    }
}

} // namespace

void addOutlinesDivide(CLI::App& outlines, Context& context) {
    auto* command = outlines.add_subcommand(
        "divide", "Divide glacier complexes along their ice divides; one step, which undo takes back");
    auto arguments = std::make_shared<DivideArguments>();
    command->add_option("project", arguments->project, "The project (.gpkg)")->required();
    command->add_option("--layer", arguments->layer,
                        "Layer whose outlines are meant (default: the inventory)");
    command->add_option("--outline", arguments->uuids,
                        "UUID of one that is divided (default: all; repeatable)");
    command->add_option("--elevation", arguments->elevation,
                        "Elevation model (default: that of the project's scene)");
    command
        ->add_option("--area", arguments->area,
                     "Smaller glaciers are joined to the next over the lowest saddle (km²)")
        ->check(notNegative())
        ->capture_default_str();
    command
        ->add_option("--saddle", arguments->saddle,
                     "Two are one glacier where the saddle between them rises by no more above the higher of "
                     "their outlets (m)")
        ->check(notNegative())
        ->capture_default_str();
    command->add_option("--like", arguments->like,
                        "Layer of an earlier inventory: its divides, names and ids instead of the relief's");
    command->add_flag("--dry-run", arguments->dryRun, "Say what would change, and change nothing");
    command->add_flag("--json", arguments->json, "Print JSON (areas in m²)");
    command->footer("Examples:\n"
                    "  nunatak-cli outlines divide demo.gpkg --elevation dem.tif --dry-run\n"
                    "  nunatak-cli outlines divide demo.gpkg --layer inventory --like rgi");
    command->callback([=, &context] { context.run = [=, &context] { runDivide(*arguments, context); }; });
}

} // namespace nunatak::cli
