// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/counted.h"
#include "base/dates.h"
#include "cli/commands.h"
#include "cli/export_preview.h"
#include "cli/named_shapes.h"
#include "cli/opened_project.h"

#include "base/error.h"
#include "exchange/glims_transfer.h"
#include "geo/shape_operations.h"
#include "project/layer_choice.h"
#include "project/project.h"
#include "tasks/export_task.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <optional>
#include <utility>

namespace nunatak::cli {

namespace {

struct ExportArguments {
    std::string project;
    tasks::ExportChoice choice;
    std::vector<std::string> reviews;
    std::vector<double> region;
    std::string within;
    std::string out;
    bool overwrite = false;
    bool dryRun = false;
    bool json = false;
};

std::optional<geo::MultiPolygon> regionOf(const ExportArguments& arguments, const project::Project& project,
                                          const Context& context) {
    if (!arguments.region.empty()) {
        const auto& corners = arguments.region;
        return geo::MultiPolygon{{{{corners[0], corners[1]},
                                   {corners[2], corners[1]},
                                   {corners[2], corners[3]},
                                   {corners[0], corners[3]}},
                                  {}}};
    }
    if (arguments.within.empty()) {
        return std::nullopt;
    }
    std::vector<std::string> notes;
    const auto shapes =
        namedShapes(&project, project.crs(), arguments.within, notes, Progress({}, context.stop));
    for (const auto& note : notes) {
        fmt::print("Note: {}\n", note);
    }
    return geo::unionOf(shapes);
}

std::vector<outlines::Review> reviewsOf(const std::vector<std::string>& names) {
    std::vector<outlines::Review> reviews;
    for (const auto& name : names) {
        const auto review =
            name == "not reviewed" ? outlines::Review::NotReviewed : outlines::reviewFromString(name);
        if (!review || name.empty() || *review == outlines::Review::Removed) {
            throw Error("\"" + name +
                        "\" is no state of what is handed in: it is accepted, doubtful or \"not "
                        "reviewed\".");
        }
        reviews.push_back(*review);
    }
    return reviews;
}

void runExport(const ExportArguments& arguments, const Context& context) {
    const auto project = openProject(arguments.project, project::Access::ReadOnly);
    auto choice = arguments.choice;
    choice.layer = choice.layer.empty() ? project::inventoryOr(*project, "predicted")
                                        : project::layerNamed(*project, choice.layer);
    choice.which.reviews = reviewsOf(arguments.reviews);
    choice.which.date = isoDateFrom(choice.which.date);
    if (auto& [first, second] = choice.regions; second.empty() && first.find('-') != std::string::npos) {
        second = std::exchange(first, {}); // 11-01 says both, whichever option it is given to
    }
    choice.which.region = regionOf(arguments, *project, context);
    const auto request = tasks::settled(tasks::exportOf(*project, choice));
    if (arguments.dryRun) {
        exchange::ExportPreview preview;
        {
            ProgressBar bar(context.stop);
            preview = tasks::preview(request, arguments.out, bar.progress());
        }
        print(preview, arguments.json);
        return;
    }
    exchange::WrittenOutlines written;
    {
        ProgressBar bar(context.stop);
        std::vector<std::filesystem::path> read{arguments.project};
        if (!choice.elevation.empty()) {
            read.emplace_back(choice.elevation);
        }
        written = tasks::write(request, arguments.out, bar.progress(),
                               {"export", arguments.overwrite, std::move(read)});
    }
    std::string files = arguments.out;
    if (exchange::exportSchema(choice.schema).isOfGlims) {
        files.clear();
        for (const auto& file : exchange::glimsFiles(arguments.out)) {
            files += (files.empty() ? "" : ", ") + file.string();
        }
    }
    fmt::print("Exported {} of layer \"{}\" to {}\n",
               counted(static_cast<long long>(written.count), "outline"), choice.layer, files);
    if (!request.unfinished.empty()) {
        fmt::print("Note: {}\n", request.unfinished);
    }
    for (const auto& note : written.notes) {
        fmt::print("Note: {}\n", note);
    }
}

void addWhich(CLI::App& command, ExportArguments& arguments) {
    command.add_option("--layer", arguments.choice.layer,
                       "Layer to export (default: the inventory, else predicted)");
    command.add_option("--outline", arguments.choice.which.uuids, "UUID of one (default: all; repeatable)");
    command.add_option("--review", arguments.reviews,
                       "Only those that are accepted, doubtful or \"not reviewed\" (repeatable)");
    command.add_option("--date", arguments.choice.which.date, "Only those of this day, month or year");
    auto* region = command
                       .add_option("--region", arguments.region,
                                   "xmin ymin xmax ymax in the project's CRS: only those that lie there")
                       ->expected(4);
    command
        .add_option("--within", arguments.within, "Layer or file with polygons: only those that lie there")
        ->excludes(region);
}

void addSchema(CLI::App& command, ExportArguments& arguments) {
    std::vector<std::string> ids;
    for (const auto& schema : exchange::exportSchemas()) {
        ids.emplace_back(schema.id);
    }
    command
        .add_option("--schema", arguments.choice.schema,
                    "Columns: plain (all that is known; the default), or those of an inventory: rgi7-g, "
                    "rgi7-c (complexes), rgi6, glims (a transfer of four Shapefiles)")
        ->check(CLI::IsMember(ids));
    command.add_option(
        "--crs", arguments.choice.crs,
        "Coordinate system, such as EPSG:32632 (default: EPSG:4326 for the RGI, else the project's)");
    command.add_option("--elevation", arguments.choice.elevation,
                       "Elevation model by which all is measured anew (default: that of the project's scene, "
                       "for what no inventory has measured)");
    command.add_option("--dem-source", arguments.choice.elevationSource,
                       "Its name, such as COPDEM30 (default: told from the file's)");
    command.add_option("--o1region", arguments.choice.regions.first,
                       "First-order region of the RGI, such as 11 (default: as imported); 11-01 says both");
    command.add_option("--o2region", arguments.choice.regions.second,
                       "Second-order region, such as 11-01, which says the first-order one, too");
}

void addNotes(CLI::App& command, ExportArguments& arguments) {
    auto& notes = arguments.choice.notes;
    command.add_flag("--readme", notes.isWanted,
                     "A table of where each outline comes from, and a README for a data centre, beside the "
                     "file (always with the schema of an inventory)");
    command.add_option("--title", notes.title, "Title in the README");
    command.add_option("--abstract", notes.abstract,
                       "Abstract in the README (default: made from the outlines)");
    command.add_option("--authors", notes.authors, "Authors, such as \"Surname, Given name\"");
    command.add_option("--licence", notes.licence, "Licence in the README, such as \"CC BY 4.0\"");
}

void addGlims(CLI::App& command, ExportArguments& arguments) {
    auto& glims = arguments.choice.glims;
    command.add_option("--rc-id", glims.centre, "GLIMS: number of the regional centre");
    command.add_option("--area", glims.area, "GLIMS: name of the region");
    command.add_option("--affiliation", glims.affiliation, "GLIMS: institution that hands in");
    command.add_option("--processing", glims.processing, "GLIMS: how the outlines were made");
    command.add_option("--local-uncertainty", glims.localUncertainty, "GLIMS: of a vertex, in metres");
    command.add_option("--global-uncertainty", glims.globalUncertainty,
                       "GLIMS: of the place of the image, in metres");
}

} // namespace

void addExport(CLI::App& app, Context& context) {
    auto* command = app.add_subcommand(
        "export", "Write a layer's outlines to a GeoPackage, Shapefile, GeoJSON, FlatGeobuf or KML file");
    auto arguments = std::make_shared<ExportArguments>();
    command->add_option("project", arguments->project, "The project (.gpkg)")->required();
    command->add_option("--out", arguments->out, "File to write; .gpkg, .shp, .geojson, .fgb or .kml")
        ->required();
    addWhich(*command, *arguments);
    addSchema(*command, *arguments);
    addNotes(*command, *arguments);
    addGlims(*command, *arguments);
    auto* dryRun =
        command->add_flag("--dry-run", arguments->dryRun,
                          "Say what would be written, what would be missing and why; write nothing");
    command->add_flag("--json", arguments->json, "The same as JSON")->needs(dryRun);
    addOverwrite(*command, arguments->overwrite);
    command->footer("Examples:\n"
                    "  nunatak-cli export demo.gpkg --out inventory.shp\n"
                    "  nunatak-cli export demo.gpkg --layer predicted --out predicted.geojson\n"
                    "  nunatak-cli export oetztal.gpkg --schema rgi7-g --o1region 11 --o2region 11-01 "
                    "--elevation dem.tif --out RGI2000-v7.0-G-11.shp --dry-run");
    command->callback([=, &context] {
        const auto& region = arguments->region;
        const auto isNumber = [](double corner) { return std::isfinite(corner); };
        if (!region.empty() && (!std::all_of(region.begin(), region.end(), isNumber) ||
                                region[0] >= region[2] || region[1] >= region[3])) {
            throw CLI::ValidationError("--region", "wants xmin ymin xmax ymax, the minima first");
        }
        context.run = [=, &context] { runExport(*arguments, context); };
    });
}

} // namespace nunatak::cli
