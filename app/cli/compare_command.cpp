// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/commands.h"
#include "cli/opened_project.h"

#include "project/layer_choice.h"
#include "project/project.h"
#include "tasks/comparison_task.h"
#include "tasks/outline_comparison_task.h"

#include "base/error.h"
#include "base/whole_file.h"

#include <fmt/format.h>

#include <filesystem>
#include <system_error>
#include <vector>

namespace nunatak::cli {

namespace {

struct CompareArguments {
    std::string project;
    std::string model;
    std::string expert = "expert";
    std::string scene;
    std::vector<std::string> outlines; ///< files instead of a project: the judged one, the trusted one
    std::string match;
    comparison::OutlineOptions options;
    std::string report;
    bool overwrite = false;
    bool json = false;
};

/// The folder of a report gets compare.json and compare.csv.
void writeReport(const CompareArguments& arguments, const std::string& json, const std::string& csv,
                 std::vector<std::filesystem::path> read) {
    if (arguments.report.empty()) {
        return;
    }
    const std::filesystem::path folder(arguments.report);
    std::error_code problem;
    std::filesystem::create_directories(folder, problem);
    if (problem) {
        throw Error("The folder " + folder.string() + " cannot be made: " + problem.message() +
                    "; name another one with --out.");
    }
    const Claim claim{"comparison", arguments.overwrite, std::move(read)};
    for (const char* name : {"compare.json", "compare.csv"}) {
        throwUnlessFree(folder / name, claim);
    }
    writeWholeFile(folder / "compare.json", {json, "\n"}, claim);
    writeWholeFile(folder / "compare.csv", {csv}, claim);
}

/// "id=rgi_id": the attribute by which outlines belong together.
std::string attributeOf(const std::string& match) {
    const std::string key = "id=";
    if (!match.empty() && (match.rfind(key, 0) != 0 || match.size() == key.size())) {
        throw Error("--match " + match + " is not understood; write id=COLUMN, such as id=rgi_id.");
    }
    return match.empty() ? match : match.substr(key.size());
}

void runCompareOutlines(const CompareArguments& arguments, const Context& context) {
    auto options = arguments.options;
    options.matchedBy = attributeOf(arguments.match);
    options.boundaries.spacing = options.boundaries.pixel / 10;
    comparison::OutlineComparison result;
    {
        ProgressBar bar(context.stop);
        result = tasks::compareFiles(arguments.outlines[0], arguments.outlines[1], options, bar.progress());
    }
    const auto json = comparison::toJson(result);
    writeReport(arguments, json, comparison::toCsv(result), {arguments.outlines[0], arguments.outlines[1]});
    if (arguments.json) {
        fmt::print("{}\n", json);
        return;
    }
    fmt::print("{} against {}\n\n{}", arguments.outlines[0], arguments.outlines[1],
               comparison::toText(result));
}

void runCompare(const CompareArguments& arguments, const Context& context) {
    if (arguments.project.empty() == arguments.outlines.empty()) {
        throw Error("Name either a project or two files with --outlines A B.");
    }
    if (!arguments.outlines.empty()) {
        runCompareOutlines(arguments, context);
        return;
    }
    if (!arguments.match.empty()) {
        throw Error("--match is for --outlines: the layers of a project are compared by the ground.");
    }
    const auto project = openProject(arguments.project, project::Access::ReadOnly);
    const auto model = arguments.model.empty() ? project::inventoryOr(*project, "predicted")
                                               : project::layerNamed(*project, arguments.model);
    const auto expert = project::layerNamed(*project, arguments.expert);
    // The scene the model looked at decides which pixels are valid.
    auto sceneName = arguments.scene;
    if (sceneName.empty()) {
        sceneName = project->layer(model).sceneId;
    }
    const auto& scene = project->scene(sceneName);
    const scene::SceneReader reader(scene, context.pool);
    comparison::Comparison result;
    {
        ProgressBar bar(context.stop);
        result = tasks::compare(tasks::comparisonOf(*project, model, expert), reader, bar.progress());
    }
    writeReport(arguments, comparison::toJson(result), comparison::toCsv(result), {arguments.project});
    if (arguments.json) {
        fmt::print("{}\n", comparison::toJson(result));
        return;
    }
    const auto of = [](const std::string& date) { return date.empty() ? date : " of " + date; };
    fmt::print("Layer \"{}\"{} against layer \"{}\"{}, where the scene \"{}\"{} has data.\n\n{}", model,
               of(project->layer(model).date), expert, of(project->layer(expert).date), scene.name,
               of(scene.date), comparison::toTable(result));
}

} // namespace

void addCompare(CLI::App& app, Context& context) {
    auto* command =
        app.add_subcommand("compare", "Compare the model's outlines with an expert's, glacier by glacier");
    auto arguments = std::make_shared<CompareArguments>();
    command->add_option("project", arguments->project, "The project (.gpkg)");
    command->add_option("--model", arguments->model,
                        "Layer to judge (default: the inventory, else predicted)");
    command->add_option("--expert", arguments->expert, "Layer of the expert's outlines")
        ->capture_default_str();
    command->add_option("--scene", arguments->scene,
                        "Scene whose valid pixels count (default: the one the model's layer belongs to)");
    command
        ->add_option(
            "--outlines", arguments->outlines,
            "Compare two files of outlines by their exact shapes instead: the one to judge, then the "
            "one to trust")
        ->expected(2);
    command->add_option("--match", arguments->match,
                        "With --outlines: belong together by a column, such as id=rgi_id (default: by the "
                        "ground they share)");
    command
        ->add_option("--pixel", arguments->options.boundaries.pixel,
                     "With --outlines: metres of a pixel, for shares within one and three; boundaries are "
                     "looked at every tenth of it")
        ->check(CLI::PositiveNumber)
        ->capture_default_str();
    command->add_option("--out", arguments->report, "Folder that gets compare.json and compare.csv");
    addOverwrite(*command, arguments->overwrite);
    command->add_flag("--json", arguments->json, "Print JSON (areas in m², distances in m)");
    command->footer("Examples:\n"
                    "  nunatak-cli compare demo.gpkg --model predicted --expert expert\n"
                    "  nunatak-cli compare demo.gpkg --model predicted --expert inventory --json\n"
                    "  nunatak-cli compare --outlines predicted.gpkg rgi.shp --match id=rgi_id --out report");
    command->callback([=, &context] { context.run = [=, &context] { runCompare(*arguments, context); }; });
}

} // namespace nunatak::cli
