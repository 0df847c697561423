// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/commands.h"
#include "cli/opened_project.h"

#include "base/counted.h"
#include "base/error.h"
#include "cli/chosen_model.h"
#include "cli/number_checks.h"
#include "models/learning_record.h"
#include "project/layer_choice.h"
#include "project/project.h"
#include "tasks/learning_task.h"
#include "tasks/project_model.h"

#include <fmt/format.h>

#include <map>

namespace nunatak::cli {

namespace {

struct FinetuneArguments {
    std::string project;
    std::string from;
    std::string out;
    std::string model; ///< empty: the project's
    std::string scene;
    std::string region = "auto";
    bool resume = false;
    bool discard = false;
    bool use = false;
    double keptEvery = 30; ///< s
    training::CorrectionOptions corrections;
    training::TrainingOptions options;
    models::DeviceOptions device;
};

tasks::LearningTask newTask(const FinetuneArguments& arguments, const project::Project& project,
                            const Context& context) {
    const auto from = arguments.from.empty() ? project::inventoryOr(project, "corrected")
                                             : project::layerNamed(project, arguments.from);
    auto task = tasks::learningFrom(project, from);
    const auto& scene =
        project.scene(arguments.scene.empty() ? project.layer(from).sceneId : arguments.scene);
    task.sceneId = scene.id;
    task.scene = std::make_shared<const scene::SceneReader>(scene, context.pool);
    task.parent =
        arguments.model.empty() ? modelOfProject(project, context) : context.registry().find(arguments.model);
    task.corrections = arguments.corrections;
    task.region = arguments.region;
    task.options = arguments.options;
    if (task.options.title.empty() && arguments.out.empty()) {
        task.options.title = tasks::proposedTitle(project, project.reviewCount(from).accepted);
    }
    task.name = arguments.out.empty() ? models::nameFromTitle(task.options.title) : arguments.out;
    const auto folder = tasks::trainingFolderOf(project);
    if (arguments.discard) {
        folder.remove();
    }
    if (!folder.isEmpty()) {
        throw Error("A training of this project was interrupted and waits: go on with it (--resume), or "
                    "forget it and begin this one (--discard).");
    }
    task.folder = folder.path();
    return task;
}

tasks::LearningTask interruptedTask(const project::Project& project, const Context& context) {
    auto task = tasks::interruptedLearning(project, context.registry(), context.pool);
    if (!task) {
        throw Error("No training of this project was interrupted; leave out --resume to begin one.");
    }
    return std::move(*task);
}

/// Chooses the new model for the project where it helps, or where that is asked for.
void promote(const FinetuneArguments& arguments, const tasks::Learnt& learnt) {
    const bool helps = training::helps(learnt.training.measured);
    const auto later = fmt::format("nunatak-cli model use {} {}", arguments.project,
                                   learnt.model.folder.filename().string());
    if (!helps && !arguments.use) {
        const bool isKnown = learnt.training.measured && learnt.training.measured->heldOut > 0;
        fmt::print("The project keeps its model, since {}. To use the new one all the same: {}\n",
                   isKnown ? "the new one is no better on what was held out"
                           : "nothing was held out that would say whether the new one is better",
                   later);
        return;
    }
    try {
        const auto project = openProject(arguments.project);
        tasks::chooseModel(*project, learnt.model);
        save(*project);
        project->close();
        fmt::print("The project predicts with it from now on.\n");
    } catch (const Error& error) {
        fmt::print("The model is made, but the project could not be told: {}\nTell it later: {}\n",
                   error.what(), later);
    }
}

void runFinetune(const FinetuneArguments& arguments, const Context& context) {
    auto project = openProject(arguments.project, project::Access::ReadOnly);
    auto task = arguments.resume ? interruptedTask(*project, context) : newTask(arguments, *project, context);
    task.device = arguments.device;
    task.keptEvery = arguments.keptEvery;
    tasks::Learnt result;
    try {
        ProgressBar bar(context.stop);
        result = tasks::learn(task, context.paths, bar.progress());
    } catch (const Cancelled&) {
        if (!tasks::TrainingFolder(task.folder).isEmpty()) {
            fmt::print(stderr, "It can go on: nunatak-cli finetune {} --resume\n", arguments.project);
        }
        throw;
    }
    project.reset(); // so that it can be told of the model
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
    fmt::print("Model: {} v{}{} in {}\n", result.model.manifest.name, result.model.manifest.version,
               task.options.title.empty() ? "" : " (" + task.options.title + ")",
               result.model.folder.string());
    promote(arguments, result);
    fmt::print("Predict with it: nunatak-cli predict {} --model {}\n", arguments.project, task.name);
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
    command->add_option("--name", options.title,
                        "What people shall read for the new model (default: \"PROJECT, after N glaciers\")");
    command->add_option("--out", arguments->out,
                        "Name of the new model in the registry, or a folder to write it to (default: made of "
                        "its --name)");
    command->add_option("--model", arguments->model,
                        "Model to start from (name or folder; default: the project's, else the starter)");
    auto* resume = command->add_flag("--resume", arguments->resume,
                                     "Go on with the training of this project that was interrupted");
    command->add_flag("--discard", arguments->discard, "Forget a training that was interrupted")
        ->excludes(resume);
    command
        ->add_option("--checkpoint", arguments->keptEvery,
                     "Seconds from one checkpoint to the next, from which an interrupted training goes on")
        ->check(notNegative())
        ->capture_default_str();
    command->add_flag("--use", arguments->use,
                      "The project uses the new model in any case (default: if it is better on what was "
                      "held out)");
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
    const std::map<std::string, models::LearningParts> tuned{{"head", models::LearningParts::Heads},
                                                             {"decoder", models::LearningParts::Decoder},
                                                             {"all", models::LearningParts::All}};
    command
        ->add_option("--tune", options.parts,
                     "What of the network learns, all else stays as it is to the last bit: head (the two "
                     "output layers), decoder (and the heads) or all")
        ->transform(CLI::CheckedTransformer(tuned).description("head|decoder|all"))
        ->default_str("all");
    const std::map<std::string, bool> statistics{{"frozen", true}, {"learning", false}};
    command
        ->add_option("--batch-norm", options.batchNormFrozen,
                     "Whether BatchNorm keeps the statistics that the model was trained with (frozen), or "
                     "works with each batch's and moves its own towards them (learning)")
        ->transform(CLI::CheckedTransformer(statistics).description("frozen|learning"))
        ->default_str("frozen");
    addDeviceOptions(*command, arguments->device);
    command->footer("Examples:\n  nunatak-cli finetune demo.gpkg --name \"Alps, first try\" --steps 50\n"
                    "  nunatak-cli finetune demo.gpkg --resume");
    command->callback([=, &context] { context.run = [=, &context] { runFinetune(*arguments, context); }; });
}

} // namespace nunatak::cli
