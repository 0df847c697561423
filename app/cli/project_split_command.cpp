// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/opened_project.h"
#include "cli/project_commands.h"

#include "base/counted.h"
#include "base/error.h"
#include "project/layer_choice.h"
#include "tasks/split_task.h"

#include <fmt/format.h>

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
    std::string rasters;
    int parts = 0;
};

tasks::ShareChoice choiceOf(const SplitArguments& arguments) {
    using By = tasks::SharedOutBy;
    if (arguments.by == "n") {
        return {.by = By::Count, .parts = arguments.parts};
    }
    if (arguments.by == "list") {
        return {.by = By::List, .file = arguments.list};
    }
    return arguments.regions.empty()
               ? tasks::ShareChoice{.by = By::Attribute,
                                    .field = arguments.field.empty() ? "o2region" : arguments.field}
               : tasks::ShareChoice{.by = By::Regions, .file = arguments.regions, .field = arguments.field};
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
    auto wanted = tasks::shareOut(opened->outlines(layer), opened->crs(), choiceOf(arguments));
    if (!arguments.out.empty()) {
        makeFolder(folder);
    }
    tasks::SplitDone split;
    {
        ProgressBar bar(context.stop);
        split = tasks::planShare(*opened, layer, std::move(wanted), folder,
                                 rastersWanted(arguments.rasters))(bar.progress());
    }
    for (const auto& part : split.parts) {
        fmt::print("{}: {}{}\n", part.file.string(),
                   counted(static_cast<long long>(part.glaciers), "glacier"),
                   part.neighbours == 0
                       ? ""
                       : fmt::format(", and {} of other parts beside them to look at", part.neighbours));
    }
    for (const auto& sentence : split.sentences) {
        fmt::print("{}\n", sentence);
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
    addRasters(*command, arguments->rasters);
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
