// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/commands.h"
#include "cli/opened_project.h"
#include "cli/project_commands.h"

#include "base/counted.h"
#include "base/error.h"
#include "base/printable.h"
#include "project/layer_choice.h"
#include "project/project.h"
#include "project/scene_prints.h"
#include "scene/scene.h"
#include "scene/scene_overviews.h"
#include "scene/stored_scene.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>

namespace nunatak::cli {

namespace {

struct CreateArguments {
    std::string project;
    std::string sceneJson;
    std::vector<std::string> optical;
    std::vector<std::string> elevation;
    std::string crs;
    std::string name;
    std::string date;
    std::string sensor;
};

scene::Scene sceneOf(const CreateArguments& arguments) {
    if (!arguments.sceneJson.empty()) {
        return scene::loadScene(arguments.sceneJson);
    }
    std::vector<scene::RasterArgument> rasters;
    for (const auto& text : arguments.optical) {
        rasters.push_back({"optical", text});
    }
    for (const auto& text : arguments.elevation) {
        rasters.push_back({"dem", text});
    }
    const auto name =
        arguments.name.empty() ? std::filesystem::path(arguments.project).stem().string() : arguments.name;
    return scene::sceneFromRasters(rasters, name, arguments.date, arguments.sensor);
}

void printNotes(const scene::Scene& scene) {
    for (const auto& note : scene.notes) {
        fmt::print("Note: {}\n", note);
    }
}

void runCreate(const CreateArguments& arguments) {
    const auto scene = sceneOf(arguments);
    const auto crs = arguments.crs.empty() ? geo::defaultProjectCrs(scene.grid.crs, scene.grid.extent())
                                           : geo::Crs::fromUserInput(arguments.crs);
    project::Project::make(arguments.project, crs, &scene);
    printNotes(scene);
    fmt::print("Created {} in {} with scene \"{}\"{} ({} × {} pixels of {:g} m).\n", arguments.project,
               crs.name(), scene.name, scene.date.empty() ? "" : " of " + scene.date, scene.grid.columns,
               scene.grid.rows, scene.grid.pixelSize);
}

nlohmann::json sceneSummary(const scene::Scene& scene) {
    nlohmann::json features = nlohmann::json::object();
    for (const auto& raster : scene.rasters) {
        for (const auto& band : raster.bandNames) {
            features[raster.feature].push_back(band);
        }
    }
    return {{"id", scene.id},
            {"name", scene.name},
            {"date", scene.date},
            {"sensor", scene.sensor},
            {"crs", scene.grid.crs.name()},
            {"columns", scene.grid.columns},
            {"rows", scene.grid.rows},
            {"pixel_size", scene.grid.pixelSize},
            {"features", features},
            {"notes", scene.notes}};
}

nlohmann::json summary(const project::Project& project) {
    nlohmann::json scenes = nlohmann::json::array();
    for (const auto& scene : project.scenes()) {
        scenes.push_back(sceneSummary(scene));
    }
    nlohmann::json layers = nlohmann::json::array();
    for (const auto& layer : project.layers()) {
        const auto reviews = project.reviewCount(layer.name);
        layers.push_back({{"name", layer.name},
                          {"kind", outlines::toString(layer.kind)},
                          {"scene", layer.sceneId},
                          {"date", layer.date},
                          {"outlines", project.outlines(layer.name).size()},
                          {"title", outlines::titleOf(layer)},
                          {"accepted", reviews.accepted},
                          {"doubtful", reviews.doubtful},
                          {"removed", reviews.removed},
                          {"outdated", reviews.outdated}});
        if (layer.kind == outlines::LayerKind::Inventory) {
            layers.back()["epoch"] = outlines::toString(layer.epoch);
        }
    }
    return {{"file", project.file().string()},
            {"crs", project.crs().name()},
            {"epsg", project.crs().epsg() ? nlohmann::json(*project.crs().epsg()) : nlohmann::json(nullptr)},
            {"scenes", scenes},
            {"layers", layers},
            {"history_steps", project.history().size()},
            {"notes", project.notes()}};
}

void printSummary(const nlohmann::json& info) {
    const auto text = [](const nlohmann::json& value) { return printableName(value.get<std::string>()); };
    fmt::print("Project: {}\nCRS:     {}\n", text(info["file"]), text(info["crs"]));
    for (const auto& scene : info["scenes"]) {
        fmt::print("Scene:   {}  {} {}  {} × {} pixels of {:g} m\n", text(scene["name"]), text(scene["date"]),
                   text(scene["sensor"]), scene["columns"].get<int>(), scene["rows"].get<int>(),
                   scene["pixel_size"].get<double>());
        for (const auto& [feature, bands] : scene["features"].items()) {
            std::string names;
            for (const auto& band : bands) {
                names += (names.empty() ? "" : ", ") + text(band);
            }
            fmt::print("         {}: {}\n", feature, names);
        }
        for (const auto& note : scene["notes"]) {
            fmt::print("         Note: {}\n", text(note));
        }
    }
    for (const auto& layer : info["layers"]) {
        const int accepted = layer["accepted"].get<int>();
        const int doubtful = layer["doubtful"].get<int>();
        const int removed = layer["removed"].get<int>();
        const int outdated = layer["outdated"].get<int>();
        const int reviewed = accepted + doubtful + removed - outdated;
        const auto when = layer.contains("epoch") ? text(layer["epoch"]) : text(layer["date"]);
        const auto title =
            text(layer["title"]) == text(layer["name"]) ? "" : ", \"" + text(layer["title"]) + "\"";
        fmt::print("Layer:   {} ({}{}{}{}), {}{}\n", text(layer["name"]), text(layer["kind"]), title,
                   when.empty() ? "" : ", ", when, counted(layer["outlines"].get<long long>(), "outline"),
                   reviewed + outdated == 0
                       ? ""
                       : fmt::format(", {} reviewed ({} accepted, {} doubtful{}{})", reviewed, accepted,
                                     doubtful, removed == 0 ? "" : fmt::format(", {} no glaciers", removed),
                                     outdated == 0 ? "" : fmt::format(", {} changed since", outdated)));
    }
    fmt::print("History: {}\n", counted(info["history_steps"].get<long long>(), "step"));
    for (const auto& note : info["notes"]) {
        fmt::print("Note:    {}\n", text(note));
    }
}

void addCreate(CLI::App& project, Context& context) {
    auto* command = project.add_subcommand("create", "Make a project from a scene");
    auto arguments = std::make_shared<CreateArguments>();
    command->add_option("project", arguments->project, "The project to make (.gpkg)")->required();
    auto* manifest =
        command->add_option("--scene", arguments->sceneJson, "The scene's manifest (scene.json)");
    auto* optical = command->add_option(
        "--optical", arguments->optical,
        "Optical raster as FILE or FILE:band,… (blue green red nir swir1 swir2); repeatable");
    auto* elevation =
        command->add_option("--elevation", arguments->elevation, "Elevation model as FILE; repeatable");
    // One value each time an option is given: what follows belongs to nobody, and is refused.
    optical->allow_extra_args(false);
    elevation->allow_extra_args(false);
    command->add_option("--crs", arguments->crs,
                        "Project CRS, projected in metres (default: the scene's, or its UTM zone)");
    auto* name = command->add_option("--name", arguments->name, "Name of the scene (default: the project's)");
    auto* date = command->add_option("--date", arguments->date, "Date of acquisition, as 2000-10-30");
    auto* sensor = command->add_option("--sensor", arguments->sensor, "Sensor, as \"Landsat 7 ETM+\"");
    for (auto* option : {optical, elevation, name, date, sensor}) {
        manifest->excludes(option); // a manifest says all of it
    }
    command->footer(
        "Examples:\n"
        "  nunatak-cli project create demo.gpkg --scene demo/scene.json\n"
        "  nunatak-cli project create everest.gpkg --date 2000-10-30 --optical landsat7_rgb.tif \\\n"
        "      --optical landsat7_b4.tif:nir --elevation dem_30arcsec.tif");
    command->callback([=, &context] {
        if (arguments->sceneJson.empty() && arguments->optical.empty()) {
            throw CLI::ValidationError("project create", "needs --scene or --optical");
        }
        context.run = [=] { runCreate(*arguments); };
    });
}

void addAdd(CLI::App& project, Context& context) {
    auto* command = project.add_subcommand("add", "Add a scene to a project");
    auto file = std::make_shared<std::string>();
    auto manifest = std::make_shared<std::string>();
    command->add_option("project", *file, "The project (.gpkg)")->required();
    command->add_option("--scene", *manifest, "The scene's manifest (scene.json)")->required();
    auto replace = std::make_shared<bool>(false);
    command->add_flag("--replace", *replace,
                      "Put it in the place of the project's scene of the same id; layers stay as they are");
    command->footer("Example:\n  nunatak-cli project add demo.gpkg --scene scene2.json");
    command->callback([=, &context] {
        context.run = [=] {
            const auto scene = scene::loadScene(*manifest);
            const auto opened = openProject(*file);
            const auto before = opened->scenes().size();
            *replace ? opened->replaceScene(scene) : opened->addScene(scene);
            save(*opened);
            printNotes(scene);
            const bool isNew = opened->scenes().size() > before;
            fmt::print("{} scene \"{}\"{}, of which {} has {} now.\n",
                       *replace ? "Replaced"
                       : isNew  ? "Added"
                                : "Nothing to do: it is there already,",
                       scene.name, scene.date.empty() ? "" : " of " + scene.date, *file,
                       opened->scenes().size());
        };
    });
}

void tellRelinked(const scene::Scene& scene, const std::string& file) {
    const auto missing = scene::missingFiles(scene);
    for (const auto& gone : missing) {
        fmt::print("Note: {} is still not there.\n", gone);
    }
    fmt::print("The scene \"{}\" of {} is made of {}{}.\n", scene.name, file,
               counted(static_cast<long long>(scene::filesOf(scene).size()), "file"),
               missing.empty() ? ", all of them there" : fmt::format(", {} of them missing", missing.size()));
}

/// One folder for all scenes of which something is missing.
void relinkAll(project::Project& opened, const std::string& file, const std::string& folder) {
    std::vector<scene::Scene> incomplete = opened.scenes();
    std::erase_if(incomplete, [](const auto& scene) { return scene::missingFiles(scene).empty(); });
    if (incomplete.empty()) {
        fmt::print("Nothing to do: the rasters of all scenes are there.\n");
        return;
    }
    std::string problem;
    std::size_t found = 0;
    for (const auto& scene : incomplete) {
        try {
            const auto relinked = scene::relinked(scene, folder, project::planPrints(opened, scene.id)());
            opened.replaceScene(relinked);
            tellRelinked(relinked, file);
            ++found;
        } catch (const Error& error) { // the others may be there
            problem = error.what();
            tell(fmt::format("Note: {}\n", problem));
        }
    }
    if (found == 0) {
        throw Error(problem);
    }
}

void addRelink(CLI::App& project, Context& context) {
    auto* command = project.add_subcommand("relink", "Say where the rasters of a scene are now");
    auto file = std::make_shared<std::string>();
    auto name = std::make_shared<std::string>();
    auto to = std::make_shared<std::string>();
    auto folder = std::make_shared<std::string>();
    command->add_option("project", *file, "The project (.gpkg)")->required();
    auto* one =
        command->add_option("--scene", *name, "The scene, by name or id (default: the only or newest one)");
    auto* place = command->add_option("--to", *to,
                                      "The folder that the rasters are in now, or the one file that moved");
    auto* all =
        command->add_option("--scenes", *folder,
                            "A folder in which what is missing of any scene is looked for, also under "
                            "other names");
    all->excludes(one)->excludes(place);
    command->footer(
        "Rasters that are moved or copied together with their project are found without it, and so are "
        "those that lie beside it under other names.\n"
        "Examples:\n  nunatak-cli project relink demo.gpkg --scene 2020 --to /data/landsat\n"
        "  nunatak-cli project relink demo.gpkg --scenes /data");
    command->callback([=, &context] {
        if (to->empty() && folder->empty()) {
            throw CLI::ValidationError("project relink", "needs --to or --scenes");
        }
        context.run = [=] {
            const auto opened = project::Project::open(*file, project::Access::ReadWrite, sayWaiting);
            if (!folder->empty()) {
                relinkAll(*opened, *file, *folder);
                save(*opened);
                return;
            }
            const auto& before = opened->scene(*name);
            const auto scene = scene::relinked(before, *to, project::planPrints(*opened, before.id)());
            opened->replaceScene(scene);
            save(*opened);
            tellRelinked(scene, *file);
        };
    });
}

void addInfo(CLI::App& project, Context& context) {
    auto* command = project.add_subcommand("info", "What is in a project");
    auto file = std::make_shared<std::string>();
    auto json = std::make_shared<bool>(false);
    command->add_option("project", *file, "The project (.gpkg)")->required();
    command->add_flag("--json", *json, "Print JSON");
    command->footer("Example:\n  nunatak-cli project info demo.gpkg --json");
    command->callback([=, &context] {
        context.run = [=] {
            const auto info = summary(*project::Project::open(*file, project::Access::ReadOnly, sayWaiting));
            if (*json) {
                fmt::print("{}\n", info.dump(2, ' ', false, nlohmann::json::error_handler_t::replace));
            } else {
                printSummary(info);
            }
        };
    });
}

void addOverviews(CLI::App& project, Context& context) {
    auto* command =
        project.add_subcommand("overviews", "Make overviews of large rasters that have none, for the window");
    auto file = std::make_shared<std::string>();
    command->add_option("project", *file, "The project (.gpkg)")->required();
    command->footer(
        "They are made beside the project; the window makes them by itself when it draws a scene.\n"
        "Example:\n  nunatak-cli project overviews demo.gpkg");
    command->callback([=, &context] {
        context.run = [=, &context] {
            const auto opened = openProject(*file); // nobody else makes them meanwhile
            const auto folder = opened->filesPlace() / "overviews";
            const scene::SceneOverviews overviews(folder);
            const auto& scenes = opened->scenes();
            ProgressBar bar(context.stop);
            const double share = 1 / std::max(1.0, static_cast<double>(scenes.size()));
            for (std::size_t i = 0; i < scenes.size(); ++i) {
                const double begin = share * static_cast<double>(i);
                overviews.make(scenes[i], context.pool, bar.progress().part(begin, begin + share));
            }
            fmt::print("All large rasters of {} have overviews of their own or in {}.\n",
                       counted(static_cast<long long>(scenes.size()), "scene"), folder.string());
        };
    });
}

void addRename(CLI::App& project, Context& context) {
    auto* command = project.add_subcommand("rename", "Give a layer another title; undo takes that back");
    auto file = std::make_shared<std::string>();
    auto layer = std::make_shared<std::string>();
    auto title = std::make_shared<std::string>();
    command->add_option("project", *file, "The project (.gpkg)")->required();
    command->add_option("--layer", *layer, "The layer, by name or title")->required();
    command->add_option("--title", *title, "What people read; its table keeps its name")->required();
    command->footer("Example:\n  nunatak-cli project rename demo.gpkg --layer expert --title \"Swiss 2016\"");
    command->callback([=, &context] {
        context.run = [=] {
            const auto opened = openProject(*file);
            opened->renameLayer(project::layerNamed(*opened, *layer), *title);
            save(*opened);
        };
    });
}

void addRemove(CLI::App& project, Context& context) {
    auto* command =
        project.add_subcommand("remove", "Remove a layer with its outlines; undo takes that back");
    auto file = std::make_shared<std::string>();
    auto layer = std::make_shared<std::string>();
    command->add_option("project", *file, "The project (.gpkg)")->required();
    command->add_option("--layer", *layer, "The layer, by name or title")->required();
    command->footer("Example:\n  nunatak-cli project remove demo.gpkg --layer predicted_2");
    command->callback([=, &context] {
        context.run = [=] {
            const auto opened = openProject(*file);
            const auto name = project::layerNamed(*opened, *layer);
            const auto count = opened->outlines(name).size();
            opened->removeLayer(name);
            save(*opened);
            fmt::print("Removed layer \"{}\" with {}.\n", name,
                       counted(static_cast<long long>(count), "outline"));
        };
    });
}

} // namespace

void addProject(CLI::App& app, Context& context) {
    auto* command = app.add_subcommand("project", "Make a project or look into one");
    command->require_subcommand(1);
    addCreate(*command, context);
    addAdd(*command, context);
    addOverviews(*command, context);
    addInfo(*command, context);
    addProjectHistory(*command, context);
    addProjectCare(*command, context);
    addProjectSplit(*command, context);
    addProjectMerge(*command, context);
    addRelink(*command, context);
    addRename(*command, context);
    addRemove(*command, context);
    command->footer("Examples:\n"
                    "  nunatak-cli project create demo.gpkg --scene demo/scene.json\n"
                    "  nunatak-cli project info demo.gpkg");
}

} // namespace nunatak::cli
