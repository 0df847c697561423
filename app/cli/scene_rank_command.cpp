// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/commands.h"
#include "cli/opened_project.h"

#include "base/counted.h"
#include "base/error.h"
#include "base/project_file.h"
#include "base/whole_file.h"
#include "exchange/outline_files.h"
#include "project/project.h"
#include "ranking/report.h"
#include "scene/open_scene.h"
#include "scene/products/recognise.h"

#include <fmt/format.h>

#include <cstdio>
#include <set>

namespace nunatak::cli {

namespace {

namespace fs = std::filesystem;

struct RankArguments {
    std::vector<std::string> scenes;
    std::string elevation;
    std::string outlines;
    std::string sort = "score";
    std::string layers;
    std::string csv;
    bool glaciers = false;
    bool json = false;
    bool overwrite = false;
};

/// The names that are written, and what is read for them.
Claim claimOf(const RankArguments& arguments) {
    Claim claim{"ranking", arguments.overwrite};
    for (const auto& path : arguments.scenes) {
        claim.read.emplace_back(path);
    }
    claim.read.emplace_back(arguments.elevation);
    claim.read.emplace_back(arguments.outlines);
    return claim;
}

/// A scene.json, a folder with one, or a satellite product.
scene::Scene sceneAt(const std::string& path, const std::string& elevation, const Progress& progress) {
    const fs::path inside = fs::path(path) / "scene.json";
    // A manifest of ours, and not Landsat's metadata, which are called .json as well.
    const bool isProduct = !path.ends_with(".json") || !scene::products::metadataByContent(path).empty();
    if (std::error_code ignored; fs::exists(inside, ignored)) {
        return scene::loadScene(inside);
    }
    if (!isProduct) {
        return scene::loadScene(path);
    }
    scene::OpenOptions options;
    if (!elevation.empty()) {
        options.rasters.push_back({"dem", elevation});
    }
    auto opened = scene::openScene({path}, options, progress);
    if (!opened.complete) {
        throw Error("It cannot be told what \"" + path +
                    "\" shows; make a scene of it with `nunatak-cli scene open` and rank that.");
    }
    return opened.scene;
}

ranking::EarlierOutlines outlinesIn(const std::string& file, const std::vector<scene::Scene>& scenes,
                                    const Progress& progress) {
    // Degrees reach everywhere; each scene has its own system.
    ranking::EarlierOutlines outlines{geo::Crs::fromUserInput("EPSG:4326"), {}};
    auto read = exchange::readOutlines(file, outlines.crs, progress);
    for (auto& outline : read.outlines) {
        outlines.glaciers.push_back(outlines::share(std::move(outline)));
    }
    if (read.skipped > 0) {
        tell(fmt::format("Note: {} of {} gave no outline; `nunatak-cli import` names them.\n",
                         counted(read.skipped, "feature"), file));
    }
    auto near = ranking::within(outlines, scenes);
    if (near.glaciers.empty()) {
        throw Error("None of the outlines in \"" + file +
                    "\" lies within a scene; give outlines of the same place.");
    }
    return near;
}

constexpr std::size_t longestName = 200;

/// A file name for each scene: its name, with a number where another has the same.
fs::path layerFile(const fs::path& folder, const scene::Scene& scene, std::set<std::string>& taken) {
    std::string name = (scene.date.empty() ? "" : scene.date + " ") + scene.name;
    for (char& c : name) {
        if (c == '/' || c == '\\' || static_cast<unsigned char>(c) < ' ') {
            c = '-';
        }
    }
    while (name.size() > longestName) { // a file system takes 255 bytes, and none of half a character
        while (name.size() > 1 && (static_cast<unsigned char>(name.back()) & 0xC0U) == 0x80U) {
            name.pop_back();
        }
        name.pop_back();
    }
    std::string unique = name;
    for (int i = 2; !taken.insert(unique).second; ++i) {
        unique = name + " " + std::to_string(i);
    }
    return folder / (unique + ".tif");
}

std::vector<ranking::RankedScene> ranked(const RankArguments& arguments, const Context& context,
                                         const Progress& progress) {
    std::vector<scene::Scene> scenes;
    for (const auto& path : arguments.scenes) {
        progress.report(0, "Opening scenes");
        if (isProjectFile(path)) {
            const auto project = openProject(path, project::Access::ReadOnly);
            scenes.insert(scenes.end(), project->scenes().begin(), project->scenes().end());
            continue;
        }
        scenes.push_back(sceneAt(path, arguments.elevation, Progress({}, progress.stopToken())));
    }
    ranking::EarlierOutlines outlines;
    if (!arguments.outlines.empty()) {
        outlines = outlinesIn(arguments.outlines, scenes, progress.part(0, 0.05));
    }
    if (!arguments.layers.empty()) {
        makeFolder(arguments.layers);
    }
    std::vector<ranking::RankedScene> result;
    const auto claim = claimOf(arguments);
    std::vector<fs::path> layers;
    std::set<std::string> taken;
    for (std::size_t i = 0; i < scenes.size() && !arguments.layers.empty(); ++i) {
        layers.push_back(layerFile(arguments.layers, scenes[i], taken));
        throwUnlessFree(layers.back(), claim);
    }
    for (std::size_t i = 0; i < scenes.size(); ++i) {
        const double share = 0.95 / static_cast<double>(scenes.size());
        const double begin = 0.05 + share * static_cast<double>(i);
        const scene::SceneReader reader(scenes[i], context.pool);
        const auto map = ranking::conditionMap(reader, progress.part(begin, begin + 0.7 * share));
        result.push_back(
            ranking::rankScene(scenes[i], map, outlines, progress.part(begin + 0.7 * share, begin + share)));
        if (!arguments.layers.empty()) {
            ranking::writeConditions(map, layers[i], claim);
        }
    }
    return result;
}

void printTables(const std::vector<ranking::RankedScene>& scenes, const RankArguments& arguments) {
    fmt::print("{}", ranking::toTable(scenes));
    if (arguments.glaciers) {
        fmt::print("\n{}", ranking::glaciersTable(scenes));
    }
    // What many scenes have in common is said once.
    std::vector<std::pair<std::string, std::vector<std::string>>> notes;
    for (const auto& scene : scenes) {
        for (const auto& note : scene.notes) {
            const auto known = std::find_if(notes.begin(), notes.end(),
                                            [&](const auto& entry) { return entry.first == note; });
            (known == notes.end() ? notes.emplace_back(note, std::vector<std::string>{}) : *known)
                .second.push_back(scene.name);
        }
    }
    for (const auto& [note, names] : notes) {
        fmt::print("Note on {}: {}\n",
                   names.size() == scenes.size() && names.size() > 1
                       ? "all scenes"
                       : fmt::format("{}", fmt::join(names, ", ")),
                   note);
    }
}

void runRank(const RankArguments& arguments, const Context& context) {
    const auto column = ranking::columnFromString(arguments.sort);
    if (arguments.outlines.empty() && (arguments.glaciers || !arguments.csv.empty())) {
        throw Error("Values of each glacier need earlier outlines; give them with --outlines.");
    }
    if (!arguments.csv.empty()) {
        throwUnlessFree(arguments.csv, claimOf(arguments));
    }
    std::vector<ranking::RankedScene> scenes;
    {
        ProgressBar bar(context.stop);
        scenes = ranked(arguments, context, bar.progress());
    }
    ranking::sort(scenes, column);
    if (!arguments.csv.empty()) {
        const auto text = ranking::glaciersCsv(scenes);
        writeWholeFile(arguments.csv, {text}, claimOf(arguments));
    }
    if (arguments.json) {
        fmt::print("{}\n", ranking::toJson(scenes));
    } else {
        printTables(scenes, arguments);
    }
}

} // namespace

void addSceneRank(CLI::App& scene, Context& context) {
    auto* command = scene.add_subcommand(
        "rank", "Which date? Lists scenes by how well glaciers can be mapped from them, best first");
    auto arguments = std::make_shared<RankArguments>();
    command
        ->add_option("scene", arguments->scenes,
                     "Scenes: scene.json, a folder that holds one, or products as `scene open` takes them")
        ->required();
    command->add_option("--outlines", arguments->outlines,
                        "Earlier outlines (Shapefile, GeoPackage, GeoJSON): what counts are these glaciers "
                        "and the ground within 1 km of them");
    command->add_option("--elevation", arguments->elevation,
                        "Elevation model for the products that are given, to cast shadows");
    command
        ->add_option("--sort", arguments->sort,
                     "score, covered, cloud, snow, shadow, sun, day, date or name; the best comes first")
        ->capture_default_str();
    command->add_flag("--glaciers", arguments->glaciers, "Also list each glacier with its scenes");
    command->add_option("--csv", arguments->csv, "Also write each glacier with its scenes to this .csv file");
    command->add_option("--layers", arguments->layers,
                        "Also write snow, cast shadow and cloud of each scene as a GeoTIFF into this folder");
    addOverwrite(*command, arguments->overwrite);
    command->add_flag("--json", arguments->json,
                      "Print JSON with every scene and glacier (shares from 0 to 1, null where unknown)");
    command->footer("score = covered × (1 − cloud) × (1 − snow) × (1 − cast shadow); ≤ where something is "
                    "unknown.\n"
                    "Examples:\n"
                    "  nunatak-cli scene rank 2018.json 2019.json 2020.json --outlines rgi.shp\n"
                    "  nunatak-cli scene rank LC08_*.tar --elevation dem.tif --outlines rgi.shp --sort snow "
                    "--csv glaciers.csv");
    command->callback([=, &context] { context.run = [=, &context] { runRank(*arguments, context); }; });
}

} // namespace nunatak::cli
