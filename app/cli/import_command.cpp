// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/commands.h"

#include "base/error.h"
#include "exchange/outline_files.h"
#include "project/project.h"

#include <fmt/format.h>

namespace nunatak::cli {

namespace {

struct ImportArguments {
    std::string project;
    std::string outlines;
    std::string layer = "expert";
    std::string kind;
    std::string scene;
    std::string date;
};

/// A layer called after a kind is of that kind; any other one is the expert's.
outlines::LayerKind kindOf(const ImportArguments& arguments) {
    if (!arguments.kind.empty()) {
        return outlines::layerKindFromString(arguments.kind);
    }
    if (arguments.layer == "predicted" || arguments.layer == "corrected") {
        return outlines::layerKindFromString(arguments.layer);
    }
    return outlines::LayerKind::Expert;
}

void runImport(const ImportArguments& arguments, const Context& context) {
    const auto project = project::Project::open(arguments.project);
    outlines::LayerInfo layer;
    if (project->hasLayer(arguments.layer)) {
        layer = project->layer(arguments.layer);
    } else {
        layer = {arguments.layer, kindOf(arguments), {}, arguments.date};
        // Outlines that somebody drew belong to their own date; only what is named, or ours, belongs to a
        // scene.
        if (!arguments.scene.empty() || layer.kind != outlines::LayerKind::Expert) {
            layer.sceneId = project->scene(arguments.scene).id;
        }
    }
    exchange::ReadOutlines read;
    {
        ProgressBar bar(context.stop);
        read = exchange::readOutlines(arguments.outlines, project->crs(), bar.progress());
    }
    const int count = project->importOutlines(layer, std::move(read.outlines));
    project->flush();
    fmt::print("Imported {} outlines from {} into layer \"{}\"", count, arguments.outlines, layer.name);
    if (read.repaired > 0) {
        fmt::print("; {} had crossing lines and were repaired", read.repaired);
    }
    if (read.skipped > 0) {
        fmt::print("; {} features are no polygons and were left out", read.skipped);
    }
    fmt::print(".\n");
}

} // namespace

void addImport(CLI::App& app, Context& context) {
    auto* command = app.add_subcommand("import", "Bring outlines from a file into a layer of a project");
    auto arguments = std::make_shared<ImportArguments>();
    command->add_option("project", arguments->project, "The project (.gpkg)")->required();
    command
        ->add_option("--outlines", arguments->outlines,
                     "Shapefile, GeoPackage, GeoJSON or what else GDAL reads")
        ->required();
    command->add_option("--layer", arguments->layer, "Layer to import into; made when missing")
        ->capture_default_str();
    command->add_option("--kind", arguments->kind, "Kind of a new layer (default: by its name, else expert)")
        ->check(CLI::IsMember({"predicted", "expert", "corrected"}));
    command->add_option("--scene", arguments->scene, "Scene that a new layer belongs to (name or id)");
    command->add_option("--date", arguments->date, "Date of a new layer, as 2010-04-09");
    command->footer("Example:\n  nunatak-cli import demo.gpkg --outlines rgi.gpkg --layer expert");
    command->callback([=, &context] { context.run = [=, &context] { runImport(*arguments, context); }; });
}

} // namespace nunatak::cli
