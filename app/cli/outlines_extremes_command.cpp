// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/counted.h"
#include "cli/opened_project.h"
#include "cli/outlines_commands.h"

#include "project/project.h"
#include "tasks/extreme_points_task.h"

#include <fmt/format.h>

#include <memory>
#include <utility>

namespace nunatak::cli {

namespace {

struct ExtremesArguments {
    std::string project;
    tasks::ExtremeOptions options;
};

void runExtremes(const ExtremesArguments& arguments, const Context& context) {
    const auto project = openProject(arguments.project);
    auto options = arguments.options;
    options.layer = outlinesLayer(*project, options.layer);
    auto request = tasks::extremesOf(*project, options);
    {
        ProgressBar bar(context.stop);
        tasks::find(request, bar.progress());
    }
    auto step = tasks::extremesStep(*project, request);
    const auto notes = step.notes;
    const auto count = static_cast<long long>(step.changes.size());
    if (count > 0) {
        project->take(std::move(step));
        save(*project);
    }
    fmt::print("{} of {} in the layers highest and lowest.\n", counted(count, "point"),
               counted(static_cast<long long>(request.glaciers.size()), "glacier"));
    for (const auto& note : notes) {
        fmt::print("Note: {}\n", note);
    }
}

} // namespace

void addOutlinesExtremes(CLI::App& outlines, Context& context) {
    auto* command = outlines.add_subcommand(
        "extremes", "Put the highest and lowest points of glaciers into side layers; one step");
    auto arguments = std::make_shared<ExtremesArguments>();
    command->add_option("project", arguments->project, "The project (.gpkg)")->required();
    command->add_option("--layer", arguments->options.layer,
                        "Layer whose glaciers are meant (default: the inventory)");
    command->add_option("--outline", arguments->options.uuids, "UUID of one (default: all; repeatable)");
    command->add_option("--elevation", arguments->options.elevation,
                        "Elevation model (default: that of the project's scene)");
    command->footer("Examples:\n"
                    "  nunatak-cli outlines extremes demo.gpkg --elevation dem.tif\n"
                    "  nunatak-cli export demo.gpkg --layer highest --out highest.geojson");
    command->callback([=, &context] { context.run = [=, &context] { runExtremes(*arguments, context); }; });
}

} // namespace nunatak::cli
