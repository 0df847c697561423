// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/commands.h"
#include "cli/opened_project.h"

#include "exchange/export_layer.h"
#include "project/project.h"

#include <fmt/format.h>

namespace nunatak::cli {

namespace {

struct ExportArguments {
    std::string project;
    std::string layer = "predicted";
    std::string out;
    bool overwrite = false;
};

void runExport(const ExportArguments& arguments, const Context& context) {
    const auto project = openProject(arguments.project, project::Access::ReadOnly);
    exchange::WrittenOutlines written;
    {
        ProgressBar bar(context.stop);
        written = exchange::exportLayer(arguments.layer, project->outlines(arguments.layer).all(),
                                        project->crs(), arguments.out, bar.progress(),
                                        {"export", arguments.overwrite, {arguments.project}});
    }
    fmt::print("Exported {} outlines of layer \"{}\" to {}\n", written.count, arguments.layer, arguments.out);
    for (const auto& note : written.notes) {
        fmt::print("Note: {}\n", note);
    }
}

} // namespace

void addExport(CLI::App& app, Context& context) {
    auto* command =
        app.add_subcommand("export", "Write a layer's outlines to a Shapefile, GeoPackage or GeoJSON");
    auto arguments = std::make_shared<ExportArguments>();
    command->add_option("project", arguments->project, "The project (.gpkg)")->required();
    command->add_option("--layer", arguments->layer, "Layer to export")->capture_default_str();
    command->add_option("--out", arguments->out, "File to write; .shp, .gpkg or .geojson")->required();
    addOverwrite(*command, arguments->overwrite);
    command->footer("Examples:\n"
                    "  nunatak-cli export demo.gpkg --layer predicted --out outlines.shp\n"
                    "  nunatak-cli export demo.gpkg --layer corrected --out corrected.geojson");
    command->callback([=, &context] { context.run = [=, &context] { runExport(*arguments, context); }; });
}

} // namespace nunatak::cli
