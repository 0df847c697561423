// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/commands.h"
#include "cli/opened_project.h"

#include "project/layer_choice.h"
#include "project/project.h"
#include "tasks/comparison_task.h"

#include <fmt/format.h>

namespace nunatak::cli {

namespace {

struct CompareArguments {
    std::string project;
    std::string model;
    std::string expert = "expert";
    std::string scene;
    bool json = false;
};

void runCompare(const CompareArguments& arguments, const Context& context) {
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
    command->add_option("project", arguments->project, "The project (.gpkg)")->required();
    command->add_option("--model", arguments->model,
                        "Layer to judge (default: the inventory, else predicted)");
    command->add_option("--expert", arguments->expert, "Layer of the expert's outlines")
        ->capture_default_str();
    command->add_option("--scene", arguments->scene,
                        "Scene whose valid pixels count (default: the one the model's layer belongs to)");
    command->add_flag("--json", arguments->json, "Print JSON (areas in m², distances in m)");
    command->footer("Examples:\n"
                    "  nunatak-cli compare demo.gpkg --model predicted --expert expert\n"
                    "  nunatak-cli compare demo.gpkg --model predicted --expert inventory --json");
    command->callback([=, &context] { context.run = [=, &context] { runCompare(*arguments, context); }; });
}

} // namespace nunatak::cli
