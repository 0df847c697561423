// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/commands.h"
#include "cli/opened_project.h"

#include "base/counted.h"
#include "base/error.h"
#include "cli/number_checks.h"
#include "project/layer_choice.h"
#include "project/project.h"
#include "tasks/learning_task.h"

#include <fmt/format.h>

namespace nunatak::cli {

namespace {

struct FinetuneArguments {
    std::string project;
    std::string from;
    std::string out;
    std::string model = "starter";
    std::string scene;
    std::string region = "auto";
    training::CorrectionOptions corrections;
    training::TrainingOptions options;
    models::DeviceOptions device;
};

void runFinetune(const FinetuneArguments& arguments, const Context& context) {
    const auto project = openProject(arguments.project, project::Access::ReadOnly);
    const auto from = arguments.from.empty() ? project::inventoryOr(*project, "corrected")
                                             : project::layerNamed(*project, arguments.from);
    auto sceneName = arguments.scene;
    if (sceneName.empty()) {
        sceneName = project->layer(from).sceneId;
    }
    auto task = tasks::learningFrom(*project, from);
    task.scene = std::make_shared<const scene::SceneReader>(project->scene(sceneName), context.pool);
    task.parent = context.registry().find(arguments.model);
    task.name = arguments.out;
    task.corrections = arguments.corrections;
    task.region = arguments.region;
    task.options = arguments.options;
    task.device = arguments.device;
    tasks::Learnt result;
    {
        ProgressBar bar(context.stop);
        result = tasks::learn(task, context.paths, bar.progress());
    }
    const auto& losses = result.training.losses;
    fmt::print("Learnt from {} in {}: loss {:.4f} → {:.4f}.\n",
               counted(static_cast<long long>(result.outlines), "outline"),
               counted(static_cast<long long>(losses.size()), "step"), losses.front(), losses.back());
    if (result.training.measured) {
        fmt::print("{}\n", training::sentenceOf(*result.training.measured));
    }
    for (const auto& note : result.training.notes) {
        fmt::print("Note: {}\n", note);
    }
    fmt::print("Model: {} v{} in {}\nPredict with it: nunatak-cli predict {} --model {}\n",
               result.model.manifest.name, result.model.manifest.version, result.model.folder.string(),
               arguments.project, arguments.out);
}

} // namespace

void addFinetune(CLI::App& app, Context& context) {
    auto* command =
        app.add_subcommand("finetune", "Teach a model from corrected outlines; makes a new model version");
    auto arguments = std::make_shared<FinetuneArguments>();
    auto& options = arguments->options;
    command->add_option("project", arguments->project, "The project (.gpkg)")->required();
    command->add_option("--from", arguments->from,
                        "Layer of outlines to learn from (default: the inventory)");
    command->add_option("--out", arguments->out, "Name of the new model, or a folder to write it to")
        ->required();
    command->add_option("--model", arguments->model, "Model to start from (name or folder)")
        ->capture_default_str();
    command->add_option("--scene", arguments->scene, "Scene to learn on (default: the layer's)");
    command
        ->add_option(
            "--region", arguments->region,
            "Where a model with regions shall think it is, as when predicting: a region's code, auto, "
            "unknown or twelve numbers v1,…,v12")
        ->capture_default_str();
    command->add_option("--steps", options.steps, "Learning steps")
        ->check(wholeBetween(1, 1'000'000))
        ->capture_default_str();
    command->add_option("--rate", options.rate, "Learning rate at the start; decays to 0 along a cosine")
        ->check(between(1e-8, 1.0))
        ->capture_default_str();
    command->add_option("--batch", options.batch, "Tiles per step")
        ->check(wholeBetween(1, 256))
        ->capture_default_str();
    command->add_option("--gamma", options.focalGamma, "Gamma of the focal loss (2 as published)")
        ->check(between(0.0, 100.0))
        ->capture_default_str();
    command->add_option("--seed", options.seed, "Seed of the samples")->capture_default_str();
    command
        ->add_option("--looked-at", arguments->corrections.distance,
                     "Metres around a corrected outline within which it also says what is not ice")
        ->check(positive())
        ->capture_default_str();
    command->add_flag(
        "--complete", arguments->corrections.complete,
        "The layer has every glacier of its surroundings: what else the model or another layer calls "
        "ice there is wrong (default: nobody has looked at it)");
    command
        ->add_option(
            "--hold-out", options.holdOut,
            "Share of the reviewed glaciers that is only measured on, if at least 8 are reviewed; 0: none")
        ->check(between(0.0, 0.5))
        ->capture_default_str();
    command
        ->add_option("--replay", options.replayShare,
                     "Share of the tiles from what the model knew before, lest it forget it; 0: none")
        ->check(between(0.0, 0.9))
        ->capture_default_str();
    addDeviceOptions(*command, arguments->device);
    command->footer("Example:\n  nunatak-cli finetune demo.gpkg --out alps --steps 50");
    command->callback([=, &context] { context.run = [=, &context] { runFinetune(*arguments, context); }; });
}

} // namespace nunatak::cli
