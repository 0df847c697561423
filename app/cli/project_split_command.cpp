// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/csv_rows.h"
#include "cli/glacier_named.h"
#include "cli/opened_project.h"
#include "cli/project_commands.h"

#include "base/counted.h"
#include "base/error.h"
#include "exchange/outline_files.h"
#include "project/layer_choice.h"
#include "project/project_split.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

namespace nunatak::cli {

namespace {

struct SplitArguments {
    std::string project;
    std::string by;
    std::string layer;
    std::string list;
    std::string regions;
    std::string field;
    std::string out;
    int parts = 0;
};

std::vector<project::PartWanted> byList(const project::Project& project, const std::string& layer,
                                        const std::string& file) {
    std::vector<project::PartWanted> wanted;
    const auto& glaciers = project.outlines(layer);
    const auto rows = csvRows(file);
    for (std::size_t i = 0; i < rows.size(); ++i) {
        if (rows[i].size() < 2) {
            throw Error(
                fmt::format("Row {} of {} has no part. Each row names a glacier and its part.", i + 1, file));
        }
        const std::string& called = rows[i][0];
        const std::string& part = rows[i][1];
        if (i == 0 && (part == "part" || called == "glacier")) {
            continue; // the columns' names
        }
        const std::string uuid = glaciers.find(called) ? called : glacierNamed(project, called, layer).uuid;
        auto known =
            std::find_if(wanted.begin(), wanted.end(), [&](const auto& other) { return other.name == part; });
        if (known == wanted.end()) {
            wanted.push_back({part, {}});
            known = std::prev(wanted.end());
        }
        known->uuids.insert(uuid);
    }
    return wanted;
}

std::vector<project::PartWanted> byRegions(const project::Project& project, const std::string& layer,
                                           const SplitArguments& arguments) {
    std::vector<project::NamedRegion> regions;
    for (const auto& outline : exchange::readOutlines(arguments.regions, project.crs()).outlines) {
        const auto attribute = outline.attributes.find(arguments.field);
        const std::string name = arguments.field.empty()                 ? outline.name
                                 : attribute == outline.attributes.end() ? std::string()
                                                                         : attribute->second.text();
        if (name.empty()) {
            throw Error(
                fmt::format("A region of {} has no {}. Say with --field which column names the regions.",
                            arguments.regions, arguments.field.empty() ? "name" : arguments.field));
        }
        const auto known = std::find_if(regions.begin(), regions.end(),
                                        [&](const auto& region) { return region.name == name; });
        if (known == regions.end()) {
            regions.push_back({name, outline.geometry});
        } else { // in several pieces
            known->shape.insert(known->shape.end(), outline.geometry.begin(), outline.geometry.end());
        }
    }
    return project::partsByRegion(project.outlines(layer), regions);
}

std::vector<project::PartWanted> byAttribute(const project::Project& project, const std::string& layer,
                                             const std::string& field) {
    std::map<std::string, std::set<std::string>> parts;
    for (const auto& outline : project.outlines(layer).all()) {
        const auto attribute = outline->attributes.find(field);
        const auto value = attribute == outline->attributes.end() ? std::string() : attribute->second.text();
        parts[value.empty() ? "rest" : value].insert(outline->uuid);
    }
    if (parts.size() == 1 && parts.contains("rest")) {
        throw Error("No glacier has an attribute " + field +
                    ". Name one with --field, or give a file of regions with --regions.");
    }
    std::vector<project::PartWanted> wanted;
    for (auto& [name, uuids] : parts) {
        wanted.push_back({name, std::move(uuids)});
    }
    return wanted;
}

std::vector<project::PartWanted> wantedParts(const project::Project& project, const std::string& layer,
                                             const SplitArguments& arguments) {
    if (arguments.by == "n") {
        return project::partsByCount(project.outlines(layer), arguments.parts);
    }
    if (arguments.by == "list") {
        return byList(project, layer, arguments.list);
    }
    return arguments.regions.empty()
               ? byAttribute(project, layer, arguments.field.empty() ? "o2region" : arguments.field)
               : byRegions(project, layer, arguments);
}

void runSplit(const SplitArguments& arguments, const Context& context) {
    const auto opened = openProject(arguments.project, project::Access::ReadOnly);
    const auto layer = arguments.layer.empty() ? project::inventoryOr(*opened, {})
                                               : project::layerNamed(*opened, arguments.layer);
    if (layer.empty()) {
        throw Error(
            "The project has no inventory, whose glaciers could be shared out. Start one: nunatak-cli "
            "inventory start.");
    }
    const std::filesystem::path folder = arguments.out.empty()
                                             ? std::filesystem::absolute(arguments.project).parent_path()
                                             : std::filesystem::path(arguments.out);
    auto wanted = wantedParts(*opened, layer, arguments);
    if (!arguments.out.empty()) {
        makeFolder(folder);
    }
    project::Split split;
    {
        ProgressBar bar(context.stop);
        split = project::planSplit(*opened, layer, std::move(wanted), folder)(bar.progress());
    }
    for (const auto& part : split.parts) {
        fmt::print("{}: {}{}\n", part.file.string(),
                   counted(static_cast<long long>(part.glaciers), "glacier"),
                   part.neighbours == 0
                       ? ""
                       : fmt::format(", and {} of other parts beside them to look at", part.neighbours));
    }
    if (split.sharedBetween > 0) {
        fmt::print("Neighbours with a shared line in different parts: {}. Merging looks at these lines.\n",
                   split.sharedBetween);
    }
    fmt::print("Each can be edited by itself; bring them together with nunatak-cli project merge {} PART …\n",
               arguments.project);
}

} // namespace

void addProjectSplit(CLI::App& project, Context& context) {
    auto* command =
        project.add_subcommand("split", "Give each of several experts a project with their glaciers");
    auto arguments = std::make_shared<SplitArguments>();
    command->add_option("project", arguments->project, "The project (.gpkg)")->required();
    command
        ->add_option("--by", arguments->by,
                     "n: so many compact parts of about as many glaciers; region: by polygons or an "
                     "attribute; list: by a table")
        ->required()
        ->check(CLI::IsMember({"n", "region", "list"}));
    command->add_option("--parts", arguments->parts, "With --by n: how many");
    command->add_option(
        "--list", arguments->list,
        "With --by list: a table (.csv) of a glacier (UUID, name, RGI or GLIMS id) and its part "
        "in each row");
    command->add_option("--regions", arguments->regions, "With --by region: a file of polygons");
    command->add_option("--field", arguments->field,
                        "With --by region: the column that names the polygons (default: their name), or "
                        "without --regions the glaciers' attribute (default: o2region)");
    command->add_option("--layer", arguments->layer, "The inventory (default: the only one)");
    command->add_option("--out", arguments->out, "Folder of the parts (default: that of the project)");
    command->footer(
        "The parts are PROJECT-1.gpkg and so on, or are called by region or list. The project stays "
        "as it is.\n"
        "Examples:\n"
        "  nunatak-cli project split alps.gpkg --by n --parts 5\n"
        "  nunatak-cli project split alps.gpkg --by region --regions cantons.shp --field NAME\n"
        "  nunatak-cli project split alps.gpkg --by list --list who.csv --out parts");
    command->callback([=, &context] {
        if (arguments->by == "n" && arguments->parts < 2) {
            throw CLI::ValidationError("--by n", "needs --parts, a number from 2");
        }
        if (arguments->by == "list" && arguments->list.empty()) {
            throw CLI::ValidationError("--by list", "needs --list, a table");
        }
        context.run = [=, &context] { runSplit(*arguments, context); };
    });
}

} // namespace nunatak::cli
