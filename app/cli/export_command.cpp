// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/counted.h"
#include "cli/commands.h"
#include "cli/opened_project.h"

#include "exchange/export_layer.h"
#include "project/layer_choice.h"
#include "project/project.h"

#include <fmt/format.h>

namespace nunatak::cli {

namespace {

struct ExportArguments {
    std::string project;
    std::string layer;
    std::string out;
    bool overwrite = false;
};

void runExport(const ExportArguments& arguments, const Context& context) {
    const auto project = openProject(arguments.project, project::Access::ReadOnly);
    const auto layer = arguments.layer.empty() ? project::inventoryOr(*project, "predicted")
                                               : project::layerNamed(*project, arguments.layer);
    exchange::WrittenOutlines written;
    {
        ProgressBar bar(context.stop);
        written = exchange::exportLayer(layer, project::outlinesToHandIn(*project, layer), project->crs(),
                                        arguments.out, bar.progress(),
                                        {"export", arguments.overwrite, {arguments.project}});
    }
    fmt::print("Exported {} of layer \"{}\" to {}\n",
               counted(static_cast<long long>(written.count), "outline"), layer, arguments.out);
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
    command->add_option("--layer", arguments->layer,
                        "Layer to export (default: the inventory, else predicted)");
    command->add_option("--out", arguments->out, "File to write; .shp, .gpkg or .geojson")->required();
    addOverwrite(*command, arguments->overwrite);
    command->footer("Examples:\n"
                    "  nunatak-cli export demo.gpkg --out inventory.shp\n"
                    "  nunatak-cli export demo.gpkg --layer predicted --out predicted.geojson");
    command->callback([=, &context] { context.run = [=, &context] { runExport(*arguments, context); }; });
}

} // namespace nunatak::cli
