// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/commands.h"
#include "cli/number_checks.h"
#include "cli/opened_project.h"

#include "base/counted.h"
#include "base/error.h"
#include "project/inventory.h"
#include "project/layer_choice.h"
#include "project/project.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

namespace nunatak::cli {

namespace {

struct InventoryArguments {
    std::string project;
    std::string from;
    std::string scene;
    std::string layer;
    std::vector<std::string> glaciers;
    std::optional<int> targetYear;
    int tolerance = outlines::Epoch::defaultTolerance;
    bool dryRun = false;
};

void runStart(const InventoryArguments& arguments) {
    const auto project = openProject(arguments.project);
    project::InventoryRequest request;
    request.from = arguments.from.empty() ? std::string() : project::layerNamed(*project, arguments.from);
    request.scene = arguments.scene.empty() ? std::string() : project->scene(arguments.scene).id;
    request.name = arguments.layer;
    if (arguments.targetYear) {
        request.epoch =
            outlines::Epoch{std::to_string(*arguments.targetYear), arguments.targetYear, arguments.tolerance};
    }
    auto step = project::planInventory(*project, request)();
    const auto notes = step.notes;
    const auto count = step.changes.size();
    const auto layer = *step.layers.front().after;
    project->take(std::move(step));
    save(*project);
    const auto epoch = outlines::toString(layer.epoch);
    fmt::print("Started {} (layer {}{}) with {}.\n", outlines::titleOf(layer), layer.name,
               epoch.empty() ? "" : ", " + epoch, counted(static_cast<long long>(count), "outline"));
    for (const auto& note : notes) {
        fmt::print("Note: {}\n", note);
    }
}

std::string inventoryOf(const project::Project& project, const InventoryArguments& arguments) {
    const auto layer = arguments.layer.empty() ? project::inventoryOr(project, {})
                                               : project::layerNamed(project, arguments.layer);
    if (layer.empty()) {
        throw Error("The project has no inventory yet. Start one: nunatak-cli inventory start.");
    }
    return layer;
}

void runTakeOver(const InventoryArguments& arguments) {
    const auto project = openProject(arguments.project, arguments.dryRun ? project::Access::ReadOnly
                                                                         : project::Access::ReadWrite);
    const auto from = project::layerNamed(*project, arguments.from);
    const auto layer = inventoryOf(*project, arguments);
    auto taken = project::planTakeOver(*project, from, layer)();
    const auto notes = taken.step.notes;
    if (!arguments.dryRun) {
        project->take(std::move(taken.step));
        save(*project);
    }
    fmt::print("{} {} over into {}: {}; {} of those kept {} another outline.\n",
               arguments.dryRun ? "Would take" : "Took", from, layer, taken.counts(), taken.other,
               arguments.dryRun ? "would get" : "got");
    for (const auto& note : notes) {
        fmt::print("Note: {}\n", note);
    }
}

/// The outline that is meant, by UUID or by the only one of that name.
std::string uuidOf(const outlines::OutlineSet& outlines, const std::string& glacier,
                   const std::string& layer) {
    if (outlines.find(glacier)) {
        return glacier;
    }
    auto named = outlines.all();
    std::erase_if(named, [&](const auto& outline) { return outline->name != glacier; });
    if (named.size() != 1) {
        throw Error(fmt::format("The layer {} has {} outline \"{}\". Give its UUID.", layer,
                                named.empty() ? "no" : "more than one", glacier));
    }
    return named.front()->uuid;
}

void runTake(const InventoryArguments& arguments) {
    const auto project = openProject(arguments.project);
    const auto from = project::layerNamed(*project, arguments.from);
    const auto layer = inventoryOf(*project, arguments);
    std::vector<std::string> uuids; // all are found before one is taken
    for (const auto& glacier : arguments.glaciers) {
        uuids.push_back(uuidOf(project->outlines(from), glacier, from));
    }
    const auto edit = project::takenOutlines(*project, from, uuids, layer);
    project->commit(edit);
    save(*project);
    std::string taken;
    for (const auto& change : edit.changes) {
        if (change.after) {
            taken += (taken.empty() ? "" : ", ") + change.after->uuid;
        }
    }
    fmt::print("{}: {} in {}.\n", edit.description, taken, layer);
}

void addProjectOption(CLI::App& command, InventoryArguments& arguments) {
    command.add_option("project", arguments.project, "The project (.gpkg)")->required();
}

void addStart(CLI::App& inventory, Context& context) {
    auto* command = inventory.add_subcommand(
        "start", "Start an inventory from a reference, from one of another epoch, or empty");
    auto arguments = std::make_shared<InventoryArguments>();
    addProjectOption(*command, *arguments);
    command->add_option("--from", arguments->from,
                        "Predicted or expert layer, or inventory of another epoch, to start from "
                        "(default: empty)");
    command->add_option("--scene", arguments->scene,
                        "Scene that it is started on (default: that of --from, if it has one); its year is "
                        "that of an inventory of another epoch");
    command->add_option("--layer", arguments->layer, "Name of the layer to make (default: inventory)");
    auto* year =
        command->add_option("--target-year", arguments->targetYear,
                            "Year that it is of (default: that of the layer, else of most outlines)");
    command
        ->add_option("--tolerance", arguments->tolerance,
                     "With --target-year: years that a glacier's date may be off")
        ->check(wholeBetween(0, 100))
        ->capture_default_str()
        ->needs(year);
    command->footer("Example:\n  nunatak-cli inventory start demo.gpkg --from expert\n"
                    "  nunatak-cli inventory start demo.gpkg --from inventory --scene 2020");
    command->callback([=, &context] { context.run = [=] { runStart(*arguments); }; });
}

void addTakeOver(CLI::App& inventory, Context& context) {
    auto* command = inventory.add_subcommand(
        "take-over",
        "Replace what nobody touched by a reference's outlines, add new ones, drop what is gone");
    auto arguments = std::make_shared<InventoryArguments>();
    addProjectOption(*command, *arguments);
    command->add_option("--from", arguments->from, "Predicted or expert layer")->required();
    command->add_option("--layer", arguments->layer, "The inventory (default: the only one)");
    command->add_flag("--dry-run", arguments->dryRun,
                      "Say what would be kept, new and gone, and change nothing");
    command->footer("Example:\n  nunatak-cli inventory take-over demo.gpkg --from predicted_2 --dry-run");
    command->callback([=, &context] { context.run = [=] { runTakeOver(*arguments); }; });
}

void addTake(CLI::App& inventory, Context& context) {
    auto* command = inventory.add_subcommand(
        "take", "Bring outlines of a reference in, each in the place of what covers the same ground");
    auto arguments = std::make_shared<InventoryArguments>();
    addProjectOption(*command, *arguments);
    command->add_option("glaciers", arguments->glaciers, "UUIDs, or names, of outlines")->required();
    command->add_option("--from", arguments->from, "Predicted or expert layer")->required();
    command->add_option("--layer", arguments->layer, "The inventory (default: the only one)");
    command->footer("Example:\n  nunatak-cli inventory take demo.gpkg \"Hintereisferner\" --from expert");
    command->callback([=, &context] { context.run = [=] { runTake(*arguments); }; });
}

} // namespace

void addInventory(CLI::App& app, Context& context) {
    auto* command = app.add_subcommand("inventory", "The outlines that are edited and handed in");
    command->require_subcommand(1);
    addStart(*command, context);
    addTakeOver(*command, context);
    addTake(*command, context);
    command->footer("Examples:\n"
                    "  nunatak-cli inventory start demo.gpkg --from predicted\n"
                    "  nunatak-cli inventory take-over demo.gpkg --from predicted_2");
}

} // namespace nunatak::cli
